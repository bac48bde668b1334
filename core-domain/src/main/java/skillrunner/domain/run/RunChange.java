package skillrunner.domain.run;

import java.util.List;
import java.util.Objects;

/**
 * A move that a run has made by {@link RunLifecycle#TABLE}: the only thing that a store takes for a change of status. Only
 * {@link Run} makes one. A store accepts it if, at that moment, {@link #appliesTo} holds for what it has stored; of several
 * that race, so, one wins.
 */
public final class RunChange {
    private final RunLifecycle.Event event;
    private final Run before;
    private final Run after;

    RunChange(RunLifecycle.Event event, Run before, Run after) {
        this.event = Objects.requireNonNull(event);
        this.before = Objects.requireNonNull(before);
        this.after = Objects.requireNonNull(after);
    }

    /**
     * Returns what happened to the run.
     *
     * @return the event that moved it
     */
    public RunLifecycle.Event event() {
        return event;
    }

    /**
     * Returns the run as whoever moved it knew it.
     *
     * @return the run before the move
     */
    public Run before() {
        return before;
    }

    /**
     * Returns what is to be stored.
     *
     * @return the run after the move
     */
    public Run after() {
        return after;
    }

    /**
     * Tells whether the move may still be made. Nobody else may have moved or taken the run since, and once its end was asked
     * for, it makes no move but to {@code canceled}.
     *
     * @param stored the run as it is stored now
     * @return whether the change is to be stored
     */
    public boolean appliesTo(Run stored) {
        return stored.id().equals(before.id())
                && stored.status() == before.status()
                && stored.attempt() == before.attempt()
                && stored.fence() == before.fence()
                && (!stored.cancelRequested() || after.status() == RunStatus.CANCELED);
    }

    /**
     * Adds words about what may go wrong with the run.
     *
     * @param words stable words
     * @return the same move with them
     */
    public RunChange warned(List<String> words) {
        return new RunChange(event, before, after.warned(words));
    }

    @Override
    public String toString() {
        return before.id() + " " + before.status().wire() + "->"
                + after.status().wire();
    }
}
