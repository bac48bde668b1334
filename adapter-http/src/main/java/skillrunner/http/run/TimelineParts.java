package skillrunner.http.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;

/**
 * Puts the streams of a run's journal into one line of time, part by part. A part costs the same wherever it lies and however many
 * events there are. Safe for concurrent use.
 */
final class TimelineParts {
    /** Stands for every turn. */
    static final int ALL = 0;

    private static final int MOST = 100;

    /** So many characters are held of a stream, and one event more: what is long is shown in smaller parts. */
    private static final long ENOUGH = 1 << 20;

    /** What the server decides comes before what the engine says, and that before what is shown of it. */
    private static final Comparator<JournalRow> BY_TIME =
            Comparator.comparing(JournalRow::at).thenComparing(JournalRow::stream);

    private final JournalReader journal;

    TimelineParts(JournalReader journal) {
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * How far somebody has read.
     *
     * @param attempt the attempt; 0 for the beginning
     * @param seqs the number of the last event of each stream of it
     */
    record Place(int attempt, Map<JournalStream, Long> seqs) {
        Place {
            seqs = Map.copyOf(seqs);
        }

        long of(JournalStream stream) {
            return seqs.getOrDefault(stream, 0L);
        }
    }

    /**
     * Events in the order of their time.
     *
     * @param rows the events
     * @param place where the next part begins
     * @param more whether there are more by now
     */
    record Part(List<JournalRow> rows, Place place, boolean more) {}

    /** What was read of a stream, and whether there may be more. */
    private record Read(List<JournalRow> rows, boolean cut) {}

    /** The events of some streams of one turn, or of all, behind a place. */
    Part behind(RunId run, Set<JournalStream> streams, int wanted, Place from) {
        List<JournalRow> rows = new ArrayList<>();
        Place place = from;
        for (int attempt : journal.attempts(run)) {
            if (attempt < from.attempt() || (wanted != ALL && attempt != wanted)) {
                continue;
            }
            Place at = attempt == from.attempt() ? from : new Place(attempt, Map.of());
            List<Read> read = streams.stream()
                    .map(stream -> read(run, stream, attempt, at.of(stream)))
                    .toList();
            List<JournalRow> next = read.stream()
                    .flatMap(it -> it.rows().stream())
                    .sorted(BY_TIME)
                    .toList();
            int left = Math.min(MOST - rows.size(), certain(next, read));
            rows.addAll(next.subList(0, left));
            place = passed(at, next.subList(0, left));
            if (left < next.size() || read.stream().anyMatch(Read::cut)) {
                return new Part(rows, place, true);
            }
        }
        return new Part(rows, place, false);
    }

    private static Place passed(Place from, List<JournalRow> rows) {
        Map<JournalStream, Long> seqs = new EnumMap<>(JournalStream.class);
        seqs.putAll(from.seqs());
        rows.forEach(row -> seqs.put(row.stream(), row.seq()));
        return new Place(from.attempt(), seqs);
    }

    /** Behind the last event that was read of a stream which goes on, nobody knows what comes first. */
    private static int certain(List<JournalRow> inTime, List<Read> read) {
        int certain = inTime.size();
        for (Read stream : read) {
            if (stream.cut()) {
                JournalRow last = stream.rows().get(stream.rows().size() - 1);
                certain = Math.min(certain, inTime.indexOf(last) + 1);
            }
        }
        return certain;
    }

    private Read read(RunId run, JournalStream stream, int attempt, long seq) {
        JournalQuery query = JournalQuery.behind(seq, MOST + 1).upTo(ENOUGH);
        List<JournalEvent> found = journal.read(run, stream, attempt, query);
        List<JournalRow> rows = new ArrayList<>();
        Instant latest = Instant.EPOCH;
        for (JournalEvent event : found) {
            JournalRow row = JournalRow.of(stream, event).notBefore(latest);
            latest = row.at();
            rows.add(row);
        }
        return new Read(rows, query.isEnough(found));
    }
}
