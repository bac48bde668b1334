package skillrunner.http.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** The events of some streams of one turn, or of all, behind a place. */
    Part behind(RunId run, Set<JournalStream> streams, int wanted, Place from) {
        List<JournalRow> rows = new ArrayList<>();
        Place place = from;
        for (int attempt : journal.attempts(run)) {
            if (attempt < from.attempt() || (wanted != ALL && attempt != wanted)) {
                continue;
            }
            Place at = attempt == from.attempt() ? from : new Place(attempt, Map.of());
            List<JournalRow> next = streams.stream()
                    .flatMap(stream -> read(run, stream, attempt, at.of(stream)).stream())
                    .sorted(BY_TIME)
                    .toList();
            int left = Math.min(MOST - rows.size(), next.size());
            rows.addAll(next.subList(0, left));
            place = passed(at, next.subList(0, left));
            if (left < next.size()) {
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

    private List<JournalRow> read(RunId run, JournalStream stream, int attempt, long seq) {
        return journal.read(run, stream, attempt, JournalQuery.behind(seq, MOST + 1)).stream()
                .map(event -> JournalRow.of(stream, event))
                .toList();
    }
}
