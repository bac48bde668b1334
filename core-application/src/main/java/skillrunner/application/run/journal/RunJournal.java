package skillrunner.application.run.journal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;

/**
 * Keeps the events of runs, by attempt and stream, in their order. They are only added, and nobody sees them before they are where a
 * loss of power can't take them. Reading changes nothing, and needs no time for what is not asked for. What can't be read as an event is passed
 * over; what can't be read at the moment, for want of descriptors for example, is an {@link java.io.UncheckedIOException} and never taken
 * for missing. One writer at a time for each run; any number of readers beside it.
 */
public interface RunJournal {
    /**
     * Lists the attempts of which there is anything, be it output or events.
     *
     * @param run the run
     * @return their numbers, ascending
     */
    List<Integer> attempts(RunId run);

    /**
     * Makes an attempt fit to be added to: removes the beginnings of events that were never finished.
     *
     * @param run the run
     * @param attempt the attempt
     * @return what was removed
     */
    List<Repair> repair(RunId run, int attempt);

    /**
     * Begins to put events together that are added at once. Changes nothing by itself.
     *
     * @param run the run
     * @param attempt the attempt
     * @return takes the events
     */
    Addition addition(RunId run, int attempt);

    /**
     * Adds events. Returns once they are kept for good and can be read.
     *
     * @param run the run
     * @param attempt the attempt
     * @param rows envelopes as plain values, by stream
     * @throws skillrunner.application.storage.StorageFullException if the disk is full
     * @throws java.io.UncheckedIOException if they can't be kept; then some of them may have been
     */
    default void append(RunId run, int attempt, Map<JournalStream, List<Map<String, Object>>> rows) {
        Addition addition = addition(run, attempt);
        rows.forEach((stream, added) -> added.forEach(row -> addition.add(stream, row)));
        addition.commit();
    }

    /**
     * Goes through all events of a stream.
     *
     * @param run the run
     * @param stream the stream
     * @param attempt the attempt
     * @param row is given each envelope as plain values
     */
    void scan(RunId run, JournalStream stream, int attempt, Consumer<Map<String, Object>> row);

    /**
     * Finds the last event of a stream.
     *
     * @param run the run
     * @param stream the stream
     * @param attempt the attempt
     * @return its envelope as plain values, of a long one without {@code data}; or empty if there is none
     */
    default Optional<Map<String, Object>> last(RunId run, JournalStream stream, int attempt) {
        return ending(run, stream, attempt, 1).stream().findFirst();
    }

    /**
     * Finds the last events of a stream. What it costs does not grow with the stream.
     *
     * @param run the run
     * @param stream the stream
     * @param attempt the attempt
     * @param most so many of them
     * @return their envelopes as plain values, of a long one without {@code data}, in their order; all if there are no more
     */
    List<Map<String, Object>> ending(RunId run, JournalStream stream, int attempt, int most);

    /**
     * Tells whether an attempt's events end in the beginning of one that was never finished. Changes nothing.
     *
     * @param run the run
     * @param attempt the attempt
     * @return whether {@link #repair} would remove something
     */
    boolean isTorn(RunId run, int attempt);

    /**
     * Reads events. Orchestrator events without a number get that of their place.
     *
     * @param run the run
     * @param stream the stream
     * @param attempt the attempt
     * @param query which
     * @return the events, by number; no more are held than the query has enough of, and one
     */
    List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query);

    /**
     * Puts beside the events of an attempt what they come to, and replaces what was there. Nobody sees half of it, also after a loss of
     * power.
     *
     * @param run the run
     * @param attempt the attempt
     * @param summary what they come to
     * @throws skillrunner.application.storage.StorageFullException if the disk is full
     * @throws java.io.UncheckedIOException if it can't be kept
     */
    void summarize(RunId run, int attempt, AttemptSummary summary);

    /**
     * Tells that the writer of a run is done with it; a new writer repairs before it adds.
     *
     * @param run the run
     */
    void close(RunId run);

    /** Events that are added at once. Used by one thread. */
    interface Addition {
        /**
         * Takes an event behind those of its stream that were taken before. The row may be forgotten afterwards.
         *
         * @param stream its stream
         * @param row its envelope as plain values
         */
        void add(JournalStream stream, Map<String, Object> row);

        /**
         * Tells about how much is held.
         *
         * @return bytes; 0 if nothing was taken
         */
        long size();

        /**
         * Adds what was taken. Returns once it is kept for good and can be read; to be called once. In the order in which streams
         * are declared a crash cuts them off.
         *
         * @throws skillrunner.application.storage.StorageFullException if the disk is full
         * @throws java.io.UncheckedIOException if they can't be kept; then some of them may have been
         */
        void commit();
    }

    /**
     * The beginning of an event that was removed.
     *
     * @param file where from, by its name
     * @param bytes how much
     */
    record Repair(String file, long bytes) {
        /** Refuses null. */
        public Repair {
            Objects.requireNonNull(file);
        }
    }
}
