package skillrunner.workspace.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.run.journal.AttemptSummary;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.EntryKind;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;

/**
 * The journal as files of lines, one for each attempt and stream. A line counts once it has its end and its bytes are on the disk. What
 * is no regular file of one name, in a folder that is no link, is no journal. Safe for concurrent use; one writer for each run.
 */
public final class FilesystemRunJournal implements RunJournal {
    /** What there may be of an attempt, with its number. */
    private static final Pattern OF_ATTEMPT = Pattern.compile(
            "(?:meta|events|fcmp_events|orchestrator_events|stdout|stderr|pty-output)\\.([1-9][0-9]{0,8})\\.(?:json|jsonl|log)");

    private static final UntrustedFolder.Limits ALL_NAMES = new UntrustedFolder.Limits(0, Integer.MAX_VALUE);

    /** Of these an attempt is told; output has a second name in runs of earlier releases. */
    private static final Set<EntryKind> COUNT = EnumSet.of(EntryKind.FILE, EntryKind.SEVERAL_NAMES);

    private final RunLayout layout;
    private final JournalLines lines = new JournalLines();

    /** How far the files that are being written may be read. */
    private final Map<RunId, Map<String, Long>> committed = new ConcurrentHashMap<>();

    public FilesystemRunJournal(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public List<Integer> attempts(RunId run) {
        TreeSet<Integer> numbers = new TreeSet<>();
        try (UntrustedFolder folder = folder(run).orElse(null)) {
            if (folder != null) {
                for (FoundEntry entry : folder.list(ALL_NAMES, name -> true).entries()) {
                    Matcher name = OF_ATTEMPT.matcher(entry.path());
                    if (name.matches() && COUNT.contains(entry.kind())) {
                        numbers.add(Integer.valueOf(name.group(1)));
                    }
                }
            }
        }
        return List.copyOf(numbers);
    }

    @Override
    public List<Repair> repair(RunId run, int attempt) {
        List<Repair> repairs = new ArrayList<>();
        try (UntrustedFolder folder = folder(run).orElse(null)) {
            for (JournalStream stream : JournalStream.values()) {
                String name = name(stream, attempt);
                long end = folder == null ? 0 : repair(folder, name, repairs);
                commit(run, name, end);
            }
        }
        return repairs;
    }

    /** @return the end of the last whole line */
    private static long repair(UntrustedFolder folder, String name, List<Repair> repairs) {
        if (folder.kind(name).filter(EntryKind.FILE::equals).isEmpty()) {
            return 0;
        }
        try (FileChannel channel = StoredFiles.toWrite(folder.path().resolve(name), StandardOpenOption.READ)) {
            long size = channel.size();
            long end = JournalFile.lastEnd(channel, size);
            if (end < size) {
                channel.truncate(end);
                channel.force(true);
                repairs.add(new Repair(name, size - end));
            }
            return end;
        } catch (IOException e) {
            throw explained(e, folder.path().resolve(name));
        }
    }

    @Override
    public Addition addition(RunId run, int attempt) {
        Map<JournalStream, WrittenLines> added = new EnumMap<>(JournalStream.class);
        return new Addition() {
            @Override
            public void add(JournalStream stream, Map<String, Object> row) {
                added.computeIfAbsent(stream, none -> lines.toWrite()).add(row);
            }

            @Override
            public long size() {
                long size = 0;
                for (WrittenLines of : added.values()) {
                    size += of.size();
                }
                return size;
            }

            @Override
            public void commit() {
                write(run, attempt, added);
            }
        };
    }

    /** Of an enum map the streams come in the order in which they are declared. */
    private void write(RunId run, int attempt, Map<JournalStream, WrittenLines> added) {
        List<FileChannel> written = new ArrayList<>();
        Path present = layout.audit(run);
        try (UntrustedFolder folder = folderToWrite(run)) {
            Map<String, Long> ends = new LinkedHashMap<>();
            for (Map.Entry<JournalStream, WrittenLines> of : added.entrySet()) {
                String name = name(of.getKey(), attempt);
                present = layout.audit(run).resolve(name);
                FileChannel channel = toAppend(run, folder, name);
                written.add(channel);
                of.getValue().writeTo(channel);
                ends.put(name, channel.size());
            }
            for (FileChannel channel : written) {
                channel.force(false);
            }
            ends.forEach((name, end) -> commit(run, name, end));
        } catch (IOException e) {
            throw explained(e, present);
        } finally {
            written.forEach(FilesystemRunJournal::close);
        }
    }

    private FileChannel toAppend(RunId run, UntrustedFolder folder, String name) throws IOException {
        if (folder.kind(name).filter(kind -> kind != EntryKind.FILE).isPresent()) {
            throw new StorageFaultException(
                    new FileSystemException(name, null, "not a regular file of one name"), true);
        }
        committed.computeIfAbsent(run, id -> new ConcurrentHashMap<>()).putIfAbsent(name, 0L);
        return StoredFiles.toWrite(folder.path().resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What may not be opened, or is no folder, stays so until somebody mends it. */
    private static RuntimeException explained(IOException e, Path present) {
        return e instanceof AccessDeniedException || e instanceof NotDirectoryException
                ? new StorageFaultException(e, true)
                : DiskFaults.explained(e, present);
    }

    /** What is no folder is not written through, be it a link to one. */
    private UntrustedFolder folderToWrite(RunId run) throws IOException {
        Path folder = layout.audit(run);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            DurableFiles.createDirectories(folder);
        }
        return folder(run).orElseThrow(() -> new NotDirectoryException(folder.toString()));
    }

    private Optional<UntrustedFolder> folder(RunId run) {
        return UntrustedFolder.open(layout.run(run), RunLayout.AUDIT);
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
    public List<Map<String, Object>> ending(RunId run, JournalStream stream, int attempt, int most) {
        return reading(run, stream, attempt, journal -> journal.last(most, lines::envelope))
                .orElse(List.of());
    }

    @Override
    public boolean isTorn(RunId run, int attempt) {
        for (JournalStream stream : JournalStream.values()) {
            if (reading(run, stream, attempt, JournalFile::isTorn).orElse(false)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query) {
        return reading(
                        run,
                        stream,
                        attempt,
                        journal -> stream == JournalStream.ORCHESTRATOR
                                ? new NumberedEvents(lines, attempt).read(journal, query)
                                : found(run, stream, journal, attempt, query))
                .orElse(List.of());
    }

    private List<JournalEvent> found(
            RunId run, JournalStream stream, JournalFile journal, int attempt, JournalQuery query) throws IOException {
        List<JournalEvent> found = new ArrayList<>();
        long[] length = {0};
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
                long seq = place.get().seq();
                JournalEvent event = line.isLong()
                        ? new JournalEvent(seq, attempt, stored(run, name(stream, attempt), line))
                        : new JournalEvent(seq, attempt, lines.text(line.whole()));
                found.add(event);
                length[0] += event.length();
            }
            return found.size() < query.limit() && length[0] < query.enough();
        });
        return found;
    }

    /** Lines are only added, so it stays where it is as long as its run. */
    private StoredBytes stored(RunId run, String name, JournalLine line) {
        long begin = line.from();
        return new StoredBytes(line.bytes(), (from, length) -> {
            long end = begin + Math.min(line.bytes(), from + length);
            try (UntrustedFolder folder = folder(run)
                    .orElseThrow(() -> new NoSuchFileException(layout.audit(run).toString()))) {
                FileChannel channel = folder.file(name).orElseThrow(() -> new NoSuchFileException(name));
                return new BufferedInputStream(new FilePart(channel, begin + from, end) {
                    @Override
                    public void close() throws IOException {
                        channel.close();
                    }
                });
            }
        });
    }

    @Override
    public void summarize(RunId run, int attempt, AttemptSummary summary) {
        StringBuilder diagnostics = new StringBuilder();
        summary.diagnostics().forEach(row -> diagnostics.append(lines.text(row)).append('\n'));
        Path audit = layout.audit(run);
        try (UntrustedFolder folder = folderToWrite(run)) {
            DurableFiles.write(
                    folder.path().resolve("parser_diagnostics." + attempt + ".jsonl"), diagnostics.toString());
            DurableFiles.write(
                    folder.path().resolve("protocol_metrics." + attempt + ".json"), lines.text(summary.metrics()));
        } catch (IOException e) {
            throw explained(e, audit);
        }
    }

    @Override
    public void close(RunId run) {
        committed.remove(run);
    }

    /** What is done with a file. */
    private interface Reading<T> {
        T of(JournalFile file) throws IOException;
    }

    /** What is no file has no lines. A file that can't be read now may have some: whoever took it for empty would write it again. */
    private <T> Optional<T> reading(RunId run, JournalStream stream, int attempt, Reading<T> reading) {
        String name = name(stream, attempt);
        try (UntrustedFolder folder = folder(run).orElse(null);
                FileChannel channel = folder == null ? null : folder.file(name).orElse(null)) {
            if (channel == null) {
                return Optional.empty();
            }
            long end = Optional.ofNullable(committed.get(run))
                    .map(ends -> ends.get(name))
                    .orElse(Long.MAX_VALUE);
            return Optional.of(reading.of(JournalFile.upTo(channel, Math.min(end, channel.size()))));
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.audit(run).resolve(name));
        }
    }

    private void commit(RunId run, String name, long end) {
        committed.computeIfAbsent(run, id -> new ConcurrentHashMap<>()).put(name, end);
    }

    private static String name(JournalStream stream, int attempt) {
        return stream.fileName() + "." + attempt + ".jsonl";
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Everything was brought to the disk, or the call has failed already.
        }
    }
}
