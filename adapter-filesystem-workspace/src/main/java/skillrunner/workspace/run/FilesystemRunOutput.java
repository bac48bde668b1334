package skillrunner.workspace.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.workspace.file.Digests;

/** Output as the files the processes wrote, one for each attempt and stream, or a part of one for each attempt of a process that kept running. Safe for concurrent use. */
public final class FilesystemRunOutput implements RunOutput {
    private final RunLayout layout;
    private final TurnEnds ends;

    public FilesystemRunOutput(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
        this.ends = new TurnEnds(layout);
    }

    @Override
    public long size(RunId run, OutputStreamKind stream) {
        return parts(run, stream).stream().mapToLong(OutputPart::size).sum();
    }

    @Override
    public long start(RunId run, OutputStreamKind stream, int attempt) {
        return parts(run, stream).stream()
                .limit(Math.max(0, attempt - 1))
                .mapToLong(OutputPart::size)
                .sum();
    }

    @Override
    public Piece read(RunId run, OutputStreamKind stream, long from, int max) {
        List<OutputPart> parts = parts(run, stream);
        long base = 0;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            long size = last ? Long.MAX_VALUE - base : parts.get(i).size();
            if (from < base + size) {
                return new Piece(parts.get(i).read(from - base, max), !last);
            }
            base += size;
        }
        return new Piece(new byte[0], false);
    }

    @Override
    public StreamReceipt receipt(RunId run, OutputStreamKind stream) {
        List<OutputPart> parts = parts(run, stream);
        parts.stream().filter(part -> isFile(part.file())).forEach(OutputPart::sync);
        List<StoredBytes> stored =
                parts.stream().map(OutputPart::stored).flatMap(Optional::stream).toList();
        return new StreamReceipt(stored.stream().mapToLong(StoredBytes::size).sum(), Digests.sha256(stored));
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
        return parts(run, OutputStreamKind.STDOUT).size();
    }

    @Override
    public Optional<StoredBytes> attempt(RunId run, OutputStreamKind stream, int attempt) {
        List<OutputPart> parts = parts(run, stream);
        return attempt < 1 || attempt > parts.size()
                ? Optional.empty()
                : Optional.of(parts.get(attempt - 1))
                        .filter(OutputPart::isReadable)
                        .flatMap(OutputPart::stored);
    }

    @Override
    public Optional<Tail> tail(RunId run, OutputStreamKind stream, int maxBytes) {
        List<OutputPart> parts = parts(run, stream);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        OutputPart newest = parts.get(parts.size() - 1);
        long skipped = Math.max(0, newest.size() - maxBytes);
        return Optional.of(new Tail(new String(newest.read(skipped, maxBytes), StandardCharsets.UTF_8), skipped > 0));
    }

    /**
     * An agent without a sandbox may put anything in the place of these files. What is no regular file is no output, for to
     * open a pipe would hold the run up for ever.
     */
    private List<OutputPart> parts(RunId run, OutputStreamKind stream) {
        List<OutputPart> parts = new ArrayList<>();
        Optional<OutputPosition> before = Optional.empty();
        Path own = layout.stream(run, stream, 1);
        Path next = layout.stream(run, stream, 2);
        Path file = own;
        // An attempt whose file is lost is as good as one that wrote nothing, and takes nothing of the next one with
        // it. An
        // attempt that goes on with the process of the one before has a file of its own as well, which stays empty.
        while (isFile(own) || isFile(next)) {
            Optional<OutputPosition> end = ends.find(run, parts.size() + 1);
            file = before.isPresent() ? file : own;
            parts.add(new OutputPart(
                    file,
                    before.map(it -> it.of(stream)).orElse(0L),
                    end.map(it -> OptionalLong.of(it.of(stream))).orElse(OptionalLong.empty())));
            before = end;
            own = next;
            next = layout.stream(run, stream, parts.size() + 2);
        }
        return parts;
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
