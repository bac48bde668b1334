package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;

/**
 * The journal as files of lines, one for each attempt and stream. A line counts once it has its end and its bytes are on the disk. What
 * is no regular file is no journal. Safe for concurrent use; one writer for each run.
 */
public final class FilesystemRunJournal implements RunJournal {
    /** What there may be of an attempt, with its number. */
    private static final Pattern OF_ATTEMPT = Pattern.compile(
            "(?:meta|events|fcmp_events|orchestrator_events|stdout|stderr|pty-output)\\.([1-9][0-9]{0,8})\\.(?:json|jsonl|log)");

    private final RunLayout layout;
    private final JournalLines lines = new JournalLines();

    /** How far the files that are being written may be read. */
    private final Map<RunId, Map<Path, Long>> committed = new ConcurrentHashMap<>();

    public FilesystemRunJournal(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public List<Integer> attempts(RunId run) {
        TreeSet<Integer> numbers = new TreeSet<>();
        Path folder = layout.audit(run);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            // To list a pipe would wait for whoever writes into it.
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Matcher name = OF_ATTEMPT.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    numbers.add(Integer.valueOf(name.group(1)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            // What can't be listed is as good as empty for whoever reads.
            return List.copyOf(numbers);
        }
        return List.copyOf(numbers);
    }

    @Override
    public List<Repair> repair(RunId run, int attempt) {
        List<Repair> repairs = new ArrayList<>();
        for (JournalStream stream : JournalStream.values()) {
            Path file = file(run, stream, attempt);
            long end = 0;
            long size = 0;
            if (isFile(file)) {
                try (FileChannel channel = StoredFiles.toWrite(file, StandardOpenOption.READ)) {
                    size = channel.size();
                    end = JournalFile.lastEnd(channel, size);
                    if (end < size) {
                        channel.truncate(end);
                        channel.force(true);
                        repairs.add(new Repair(file.getFileName().toString(), size - end));
                    }
                } catch (IOException e) {
                    throw DiskFaults.explained(e, file);
                }
            }
            commit(run, file, end);
        }
        return repairs;
    }

    @Override
    public void append(RunId run, int attempt, Map<JournalStream, List<Map<String, Object>>> rows) {
        List<FileChannel> written = new ArrayList<>();
        Path present = layout.audit(run);
        try {
            if (!Files.isDirectory(present)) {
                DurableFiles.createDirectories(present);
            }
            Map<Path, Long> ends = new LinkedHashMap<>();
            for (JournalStream stream : JournalStream.values()) {
                List<Map<String, Object>> added = rows.getOrDefault(stream, List.of());
                if (!added.isEmpty()) {
                    present = file(run, stream, attempt);
                    FileChannel channel = toAppend(run, present);
                    written.add(channel);
                    write(channel, lines.written(added));
                    ends.put(present, channel.size());
                }
            }
            for (FileChannel channel : written) {
                channel.force(false);
            }
            ends.forEach((file, end) -> commit(run, file, end));
        } catch (IOException e) {
            throw DiskFaults.explained(e, present);
        } finally {
            written.forEach(FilesystemRunJournal::close);
        }
    }

    private FileChannel toAppend(RunId run, Path file) throws IOException {
        committed.computeIfAbsent(run, id -> new ConcurrentHashMap<>()).putIfAbsent(file, 0L);
        return StoredFiles.toWrite(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void scan(RunId run, JournalStream stream, int attempt, Consumer<Map<String, Object>> row) {
        reading(run, stream, attempt, journal -> {
            journal.from(0, line -> {
                lines.row(line).ifPresent(row);
                return true;
            });
            return true;
        });
    }

    @Override
    public Optional<Map<String, Object>> last(RunId run, JournalStream stream, int attempt) {
        return reading(run, stream, attempt, journal -> journal.lastThat(lines::row))
                .flatMap(found -> found);
    }

    @Override
    public List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query) {
        return reading(
                        run,
                        stream,
                        attempt,
                        journal -> stream == JournalStream.ORCHESTRATOR
                                ? new NumberedEvents(lines, attempt).read(journal, query)
                                : found(journal, attempt, query))
                .orElse(List.of());
    }

    private List<JournalEvent> found(JournalFile journal, int attempt, JournalQuery query) throws IOException {
        List<JournalEvent> found = new ArrayList<>();
        long start = journal.firstNotBefore(line -> lines.place(line).map(place -> place.isBefore(query)));
        journal.from(start, line -> {
            Optional<JournalLines.Place> place = lines.place(line);
            if (place.isEmpty()) {
                return true;
            }
            if (place.get().isBehind(query)) {
                return false;
            }
            if (query.wants(place.get().seq(), place.get().at())) {
                found.add(new JournalEvent(place.get().seq(), attempt, lines.text(line)));
            }
            return found.size() < query.limit();
        });
        return found;
    }

    @Override
    public void close(RunId run) {
        committed.remove(run);
    }

    /** What is done with a file. */
    private interface Reading<T> {
        T of(JournalFile file) throws IOException;
    }

    /** What can't be read is as good as empty for whoever reads. */
    private <T> Optional<T> reading(RunId run, JournalStream stream, int attempt, Reading<T> reading) {
        Path file = file(run, stream, attempt);
        try {
            Optional<FileChannel> opened = StoredFiles.channel(file);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (FileChannel channel = opened.get()) {
                long end = Optional.ofNullable(committed.get(run))
                        .map(ends -> ends.get(file))
                        .orElse(Long.MAX_VALUE);
                return Optional.of(reading.of(JournalFile.upTo(channel, Math.min(end, channel.size()))));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void commit(RunId run, Path file, long end) {
        committed.computeIfAbsent(run, id -> new ConcurrentHashMap<>()).put(file, end);
    }

    private Path file(RunId run, JournalStream stream, int attempt) {
        return layout.audit(run).resolve(stream.fileName() + "." + attempt + ".jsonl");
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Everything was brought to the disk, or the call has failed already.
        }
    }
}
