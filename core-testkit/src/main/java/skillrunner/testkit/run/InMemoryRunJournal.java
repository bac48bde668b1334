package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import skillrunner.application.run.journal.AttemptSummary;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.storage.ScriptedDisk;

/** The journal in lists, on a {@link ScriptedDisk}. Safe for concurrent use. */
public final class InMemoryRunJournal implements RunJournal {
    private static final long ABOUT_A_ROW = 400;

    private record Key(RunId run, JournalStream stream, int attempt) {}

    /** What was read of a line when it was written: a simulation reads each of them again and again. */
    private record Line(Optional<Map<String, Object>> content, Optional<Instant> at) {
        Map<String, Object> row() {
            return content.orElseThrow();
        }
    }

    private final ScriptedDisk disk;
    private final StrictJson json = new StrictJson();
    private final Map<Key, List<Line>> lines = new HashMap<>();
    private final Map<RunId, Map<Integer, AttemptSummary>> summaries = new HashMap<>();
    private Runnable summarizing = () -> {};
    private int scans;
    private boolean readable = true;
    private Altering altering = (stream, rows) -> rows;

    /** Puts other events in the place of those that are added, as nobody should. */
    @FunctionalInterface
    public interface Altering {
        /** Returns what is kept of some events. */
        List<Map<String, Object>> told(JournalStream stream, List<Map<String, Object>> rows);
    }

    /** Has other events kept than those that are added. */
    public synchronized void onAppend(Altering other) {
        altering = other;
    }

    /** Returns how often somebody went through all events of a stream. */
    public synchronized int scans() {
        return scans;
    }

    /** Has something happen before a summary is kept. */
    public synchronized void onSummary(Runnable event) {
        summarizing = event;
    }

    /** Makes an empty journal on a disk that is never full. */
    public InMemoryRunJournal() {
        this(new ScriptedDisk());
    }

    /**
     * Makes an empty journal.
     *
     * @param disk asked before each stream is added to
     */
    public InMemoryRunJournal(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    /** Removes the events of a run, as its folder would go. */
    public synchronized void remove(RunId run) {
        lines.keySet().removeIf(key -> key.run().equals(run));
        summaries.remove(run);
    }

    /** Adds a line as nobody should. */
    public synchronized void plant(RunId run, JournalStream stream, int attempt, String line) {
        add(run, stream, attempt, line);
    }

    /** Lets reads fail, or succeed again. */
    public synchronized void becomeReadable(boolean can) {
        readable = can;
    }

    /** Takes the last lines of a stream, as a loss of power may. */
    public synchronized void cut(RunId run, JournalStream stream, int attempt, int left) {
        List<Line> all = lines(run, stream, attempt);
        all.subList(Math.min(left, all.size()), all.size()).clear();
    }

    @Override
    public synchronized List<Integer> attempts(RunId run) {
        TreeSet<Integer> numbers = new TreeSet<>();
        lines.keySet().stream().filter(key -> key.run().equals(run)).forEach(key -> numbers.add(key.attempt()));
        return List.copyOf(numbers);
    }

    @Override
    public List<Repair> repair(RunId run, int attempt) {
        return List.of();
    }

    @Override
    public Addition addition(RunId run, int attempt) {
        Map<JournalStream, List<Map<String, Object>>> rows = new EnumMap<>(JournalStream.class);
        return new Addition() {
            @Override
            public void add(JournalStream stream, Map<String, Object> row) {
                rows.computeIfAbsent(stream, none -> new ArrayList<>()).add(row);
            }

            @Override
            public long size() {
                return rows.values().stream().mapToLong(List::size).sum() * ABOUT_A_ROW;
            }

            @Override
            public void commit() {
                put(run, attempt, rows);
            }
        };
    }

    private synchronized void put(RunId run, int attempt, Map<JournalStream, List<Map<String, Object>>> rows) {
        for (JournalStream stream : JournalStream.values()) {
            List<Map<String, Object>> added = rows.getOrDefault(stream, List.of());
            if (!added.isEmpty()) {
                for (Map<String, Object> row : altering.told(stream, added)) {
                    // A fault leaves what was written before it.
                    disk.beforeWrite("journal " + stream.wire());
                    add(run, stream, attempt, json.canonical(row));
                }
            }
        }
    }

    @Override
    public synchronized void scan(RunId run, JournalStream stream, int attempt, Consumer<Map<String, Object>> row) {
        scans++;
        written(run, stream, attempt).forEach(line -> row.accept(line.row()));
    }

    @Override
    public synchronized List<Map<String, Object>> ending(RunId run, JournalStream stream, int attempt, int most) {
        List<Line> all = written(run, stream, attempt);
        return all.subList(Math.max(0, all.size() - most), all.size()).stream()
                .map(Line::row)
                .toList();
    }

    @Override
    public boolean isTorn(RunId run, int attempt) {
        return false;
    }

    @Override
    public synchronized List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query) {
        List<JournalEvent> found = new ArrayList<>();
        long next = 1;
        for (Line line : written(run, stream, attempt)) {
            long own = line.row().get("seq") instanceof Number number ? number.longValue() : 0;
            if (own == 0 && stream != JournalStream.ORCHESTRATOR) {
                continue;
            }
            long seq = own > 0 ? own : next;
            next = Math.max(next, seq + 1);
            if (query.wants(seq, line.at()) && !query.isEnough(found)) {
                Map<String, Object> numbered = new LinkedHashMap<>(line.row());
                numbered.put("seq", seq);
                found.add(event(seq, attempt, json.canonical(numbered)));
            }
        }
        return found;
    }

    private static JournalEvent event(long seq, int attempt, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= JournalEvent.LONG
                ? new JournalEvent(seq, attempt, json)
                : new JournalEvent(
                        seq,
                        attempt,
                        new StoredBytes(
                                bytes.length,
                                (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length)));
    }

    @Override
    public synchronized void summarize(RunId run, int attempt, AttemptSummary summary) {
        disk.beforeWrite("journal summary");
        summarizing.run();
        List<Map<String, Object>> diagnostics = summary.diagnostics().stream()
                .flatMap(row -> json.parseObject(json.canonical(row)).stream())
                .toList();
        summaries
                .computeIfAbsent(run, id -> new HashMap<>())
                .put(attempt, new AttemptSummary(diagnostics, summary.metrics()));
    }

    /** Returns what the events of an attempt come to, once that was kept. */
    public synchronized Optional<AttemptSummary> summary(RunId run, int attempt) {
        return Optional.ofNullable(summaries.getOrDefault(run, Map.of()).get(attempt));
    }

    @Override
    public void close(RunId run) {
        // Nothing is kept for whoever writes.
    }

    private void add(RunId run, JournalStream stream, int attempt, String text) {
        Optional<Map<String, Object>> row = json.parseObject(text);
        Optional<Instant> at = row.map(content -> content.get("ts"))
                .filter(String.class::isInstance)
                .flatMap(ts -> EventTime.read((String) ts));
        lines(run, stream, attempt).add(new Line(row.map(Collections::unmodifiableMap), at));
    }

    private List<Line> lines(RunId run, JournalStream stream, int attempt) {
        return lines.computeIfAbsent(new Key(run, stream, attempt), key -> new ArrayList<>());
    }

    /** What is no row is passed over by everybody who reads. */
    private List<Line> written(RunId run, JournalStream stream, int attempt) {
        if (!readable) {
            throw new UncheckedIOException(new IOException("too many open files"));
        }
        return lines.getOrDefault(new Key(run, stream, attempt), List.of()).stream()
                .filter(line -> line.content().isPresent())
                .toList();
    }
}
