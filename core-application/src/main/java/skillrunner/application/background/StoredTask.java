package skillrunner.application.background;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A task that this server carries out in the background and whose state is stored at each step, so that a client may ask for
 * it and a restart can end it. Safe for concurrent use: one change at a time.
 *
 * <p>A state that was made but could not be stored is kept: the next step starts from it, so no result is lost, and an end
 * stays the end it was. What is stored is always compared with what was stored last, never with what only memory knows.
 *
 * @param <T> the states, which are values
 */
public final class StoredTask<T> {
    /**
     * Where the states of one kind of task are stored.
     *
     * @param <T> the states
     */
    public interface Keeping<T> {
        /**
         * Stores the next state if nobody else has stored one meanwhile.
         *
         * @param before the state that was stored last
         * @param after the next one
         * @return false if the task has moved on or ended without us; then nothing was changed
         */
        boolean save(T before, T after);

        /**
         * Tells whether nothing follows.
         *
         * @param state a state
         * @return true if it is a last one
         */
        boolean hasEnded(T state);

        /**
         * Told of each state that was stored, after it was.
         *
         * @param before the state that was stored before
         * @param after the state that is stored now
         */
        void stored(T before, T after);
    }

    private final Keeping<T> keeping;

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock changing = new ReentrantLock();

    private T stored;
    private T made;
    private boolean over;

    /**
     * Takes over a task.
     *
     * @param stored its state, which is stored
     * @param keeping where the following ones are stored
     */
    public StoredTask(T stored, Keeping<T> keeping) {
        this.stored = Objects.requireNonNull(stored);
        this.made = stored;
        this.keeping = Objects.requireNonNull(keeping);
        this.over = keeping.hasEnded(stored);
    }

    /**
     * Returns the state that was stored last.
     *
     * @return the state
     */
    public T state() {
        changing.lock();
        try {
            return stored;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Makes and stores the next state. If an end was made already that could not be stored, that end is stored instead.
     *
     * @param change makes the next state of the one before
     * @return false if the task has ended, here or elsewhere; then it must be left alone
     */
    public boolean advance(UnaryOperator<T> change) {
        changing.lock();
        try {
            if (over) {
                return false;
            }
            if (!keeping.hasEnded(made)) {
                made = Objects.requireNonNull(change.apply(made));
            }
            if (!keeping.save(stored, made)) {
                over = true;
                return false;
            }
            T before = stored;
            stored = made;
            over = keeping.hasEnded(made);
            keeping.stored(before, made);
            return true;
        } finally {
            changing.unlock();
        }
    }
}
