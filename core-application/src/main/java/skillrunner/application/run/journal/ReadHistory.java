package skillrunner.application.run.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;

/** Answers what has happened to a run. Safe for concurrent use. */
public final class ReadHistory {
    /** So many events at most, and if nobody says how many. */
    public static final int MOST = 5_000;

    /** So many characters are held for one answer, and one event more. */
    private static final long ENOUGH = 8 << 20;

    private final JournalReader reader;

    public ReadHistory(JournalReader reader) {
        this.reader = Objects.requireNonNull(reader);
    }

    /**
     * Which events are wanted.
     *
     * @param fromSeq the least number
     * @param toSeq the greatest number
     * @param fromTime the earliest moment
     * @param toTime the latest moment
     * @param limit at most so many
     */
    public record Filter(
            Optional<Long> fromSeq,
            Optional<Long> toSeq,
            Optional<Instant> fromTime,
            Optional<Instant> toTime,
            int limit) {
        /** As much as can be had at once. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), MOST);

        /** Refuses null parts. */
        public Filter {
            Objects.requireNonNull(fromSeq);
            Objects.requireNonNull(toSeq);
            Objects.requireNonNull(fromTime);
            Objects.requireNonNull(toTime);
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("not a limit: " + limit);
            }
        }

        /** One more than is wanted tells whether there are more. */
        private JournalQuery query() {
            return new JournalQuery(
                    fromSeq.orElse(0L), toSeq.orElse(Long.MAX_VALUE), fromTime, toTime, limit + 1, ENOUGH);
        }

        private JournalQuery behind(long seq) {
            return new JournalQuery(seq + 1, toSeq.orElse(Long.MAX_VALUE), fromTime, toTime, 1);
        }

        private Page page(Function<JournalQuery, List<JournalEvent>> reading) {
            List<JournalEvent> found = reading.apply(query());
            if (found.size() > limit) {
                return new Page(
                        found.subList(0, limit), Optional.of(found.get(limit).seq()));
            }
            if (JournalQuery.length(found) < ENOUGH) {
                return new Page(found, Optional.empty());
            }
            List<JournalEvent> next =
                    reading.apply(behind(found.get(found.size() - 1).seq()));
            return new Page(found, next.stream().map(JournalEvent::seq).findFirst());
        }
    }

    /**
     * Some events.
     *
     * @param events the events, by number
     * @param next the number of the first that was left out for the limit, or because those before it are long
     */
    public record Page(List<JournalEvent> events, Optional<Long> next) {
        /** Copies the list and refuses null parts. */
        public Page {
            events = List.copyOf(events);
            Objects.requireNonNull(next);
        }
    }

    /**
     * The events of one stream of one attempt.
     *
     * @param attempt the attempt
     * @param attempts all attempts, ascending
     * @param page the events
     */
    public record OfAttempt(int attempt, List<Integer> attempts, Page page) {
        /** Copies the list and refuses null parts. */
        public OfAttempt {
            attempts = List.copyOf(attempts);
            Objects.requireNonNull(page);
        }
    }

    /**
     * Reads one stream of one attempt.
     *
     * @param run the run
     * @param stream the stream
     * @param wanted the attempt; the newest if it is not named
     * @param filter which events
     * @return the events
     * @throws RefusedException with {@code REQUEST_INVALID} if a run that has attempts has no such one
     */
    public OfAttempt ofAttempt(RunId run, JournalStream stream, Optional<Integer> wanted, Filter filter) {
        List<Integer> attempts = reader.attempts(run);
        int attempt = wanted.orElse(attempts.isEmpty() ? 1 : attempts.get(attempts.size() - 1));
        if (!attempts.isEmpty() && !attempts.contains(attempt)) {
            throw RefusedException.invalid("/attempt", "attempt not found");
        }
        return new OfAttempt(attempt, attempts, filter.page(query -> reader.read(run, stream, attempt, query)));
    }

    /**
     * Reads what a front end shows, over all attempts.
     *
     * @param run the run
     * @param filter which events
     * @return the events
     */
    public Page shown(RunId run, Filter filter) {
        return filter.page(query -> reader.fcmp(run, query));
    }
}
