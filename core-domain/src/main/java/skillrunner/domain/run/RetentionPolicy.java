package skillrunner.domain.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How long runs that have ended are kept, and how many of them. Zero means: no limit. Of a limit that is exceeded, those that
 * ended first go first; a run that has not ended is never among them.
 *
 * @param age how long a run is kept after its end
 * @param runs how many runs are kept
 * @param bytes what the folders of the runs that are kept may hold together
 */
public record RetentionPolicy(Duration age, long runs, long bytes) {
    /** Refuses limits below zero. */
    public RetentionPolicy {
        Objects.requireNonNull(age);
        LimitRules.refuseNegative("age", age);
        LimitRules.refuseNegative("runs", runs);
        LimitRules.refuseNegative("bytes", bytes);
    }

    /**
     * A run that has ended.
     *
     * @param id the run
     * @param endedAt when it ended
     * @param bytes what its folder holds; 0 if nobody has measured it
     */
    public record EndedRun(RunId id, Instant endedAt, long bytes) {
        /** Refuses null parts. */
        public EndedRun {
            Objects.requireNonNull(id);
            Objects.requireNonNull(endedAt);
        }
    }

    /**
     * All runs that have ended.
     *
     * @param runs how many there are
     * @param bytes what their folders hold together
     */
    public record Kept(long runs, long bytes) {
        /**
         * Leaves one out.
         *
         * @param run a run among them
         * @return the others
         */
        public Kept without(EndedRun run) {
            return new Kept(runs - 1, bytes - run.bytes());
        }
    }

    /**
     * Tells whether folders have to be measured.
     *
     * @return false if what they hold is not limited
     */
    public boolean limitsBytes() {
        return bytes > 0;
    }

    /**
     * Tells whether anything is limited.
     *
     * @return false if every run is kept for ever
     */
    public boolean limitsAnything() {
        return !age.isZero() || runs > 0 || bytes > 0;
    }

    /**
     * Tells from when on something is old.
     *
     * @param now the present
     * @return what happened before this moment may go; the earliest moment there is if nothing ever does
     */
    public Instant oldBefore(Instant now) {
        return age.isZero() ? Instant.MIN : now.minus(age);
    }

    /**
     * Chooses the runs that go.
     *
     * @param oldestFirst the runs that ended first, oldest end first; there may be more than these
     * @param kept all runs that have ended, with these
     * @param now the present
     * @return those of them that go, in the same order; if these are all, there may be more to go
     */
    public List<EndedRun> expired(List<EndedRun> oldestFirst, Kept kept, Instant now) {
        Instant old = oldBefore(now);
        List<EndedRun> expired = new ArrayList<>();
        Kept left = kept;
        for (EndedRun run : oldestFirst) {
            boolean tooMany = runs > 0 && left.runs() > runs;
            boolean tooMuch = bytes > 0 && left.bytes() > bytes;
            if (!tooMany && !tooMuch && !run.endedAt().isBefore(old)) {
                // Whatever ended later is younger, and stays for the same reasons.
                return expired;
            }
            expired.add(run);
            left = left.without(run);
        }
        return expired;
    }
}
