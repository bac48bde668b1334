package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.workspace.file.Digests;

/** Output as the files the processes wrote, one for each attempt and stream. Safe for concurrent use. */
public final class FilesystemRunOutput implements RunOutput {
    private static final byte[] NOTHING = new byte[0];

    private final RunLayout layout;

    public FilesystemRunOutput(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public long size(RunId run, OutputStreamKind stream) {
        return files(run, stream).stream().mapToLong(FilesystemRunOutput::size).sum();
    }

    @Override
    public long start(RunId run, OutputStreamKind stream, int attempt) {
        long start = 0;
        for (int earlier = 1; earlier < attempt; earlier++) {
            start += size(layout.stream(run, stream, earlier));
        }
        return start;
    }

    @Override
    public Piece read(RunId run, OutputStreamKind stream, long from, int max) {
        List<Path> files = files(run, stream);
        long base = 0;
        for (int i = 0; i < files.size(); i++) {
            boolean last = i == files.size() - 1;
            long size = last ? Long.MAX_VALUE - base : size(files.get(i));
            if (from < base + size) {
                return new Piece(read(files.get(i), from - base, max), !last);
            }
            base += size;
        }
        return new Piece(NOTHING, false);
    }

    @Override
    public StreamReceipt receipt(RunId run, OutputStreamKind stream) {
        List<Path> files = files(run, stream).stream()
                .filter(FilesystemRunOutput::isFile)
                .toList();
        files.forEach(FilesystemRunOutput::sync);
        return new StreamReceipt(size(run, stream), Digests.sha256(files));
    }

    @Override
    public Optional<StoredBytes> prompt(RunId run) {
        Optional<StoredBytes> newest = Optional.empty();
        for (int attempt = 1; isFile(layout.prompt(run, attempt)); attempt++) {
            newest = StoredFiles.find(layout.prompt(run, attempt));
        }
        return newest;
    }

    @Override
    public int attempts(RunId run) {
        return files(run, OutputStreamKind.STDOUT).size();
    }

    @Override
    public Optional<StoredBytes> attempt(RunId run, OutputStreamKind stream, int attempt) {
        List<Path> files = files(run, stream);
        return attempt < 1 || attempt > files.size() ? Optional.empty() : StoredFiles.find(files.get(attempt - 1));
    }

    @Override
    public Optional<Tail> tail(RunId run, OutputStreamKind stream, int maxBytes) {
        List<Path> files = files(run, stream);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Path newest = files.get(files.size() - 1);
        long skipped = Math.max(0, size(newest) - maxBytes);
        return Optional.of(new Tail(decoded(newest, skipped, maxBytes), skipped > 0));
    }

    /**
     * An agent without a sandbox may put anything in the place of these files. What is no regular file is no output, for to
     * open a pipe would hold the run up for ever.
     */
    private List<Path> files(RunId run, OutputStreamKind stream) {
        List<Path> files = new ArrayList<>();
        Path file = layout.stream(run, stream, 1);
        Path next = layout.stream(run, stream, 2);
        // An attempt whose file is lost is as good as one that wrote nothing, and takes nothing of the next one with it.
        while (isFile(file) || isFile(next)) {
            files.add(file);
            file = next;
            next = layout.stream(run, stream, files.size() + 2);
        }
        return files;
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a receipt vouches for outlives a loss of power. */
    private static void sync(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /** What may not be read is as good as empty for whoever reads; a receipt is not made of it. */
    private static long size(Path file) {
        try {
            return isFile(file) && Files.isReadable(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String decoded(Path file, long from, int max) {
        return new String(read(file, from, max), StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file, long from, int max) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long available = Math.min(max, channel.size() - from);
            if (available <= 0) {
                return NOTHING;
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) available);
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // one read is enough but for very large pieces
            }
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        } catch (NoSuchFileException | AccessDeniedException e) {
            return NOTHING;
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }
}
