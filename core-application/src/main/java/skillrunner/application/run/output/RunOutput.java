package skillrunner.application.run.output;

import java.util.Optional;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;

/**
 * The raw output of runs. Offsets count bytes over all attempts of a run and never decrease. Reading changes nothing.
 * Implementations are safe for concurrent use.
 */
public interface RunOutput {
    /**
     * Returns how much there is.
     *
     * @param run the run
     * @param stream which stream
     * @return bytes so far
     */
    long size(RunId run, OutputStreamKind stream);

    /**
     * Returns where an attempt begins.
     *
     * @param run the run
     * @param stream which stream
     * @param attempt number of the attempt
     * @return the number of bytes of all attempts before it
     */
    long start(RunId run, OutputStreamKind stream, int attempt);

    /**
     * Reads bytes; never across the border of two attempts, and fewer than asked for only in front of one or where there are no more.
     *
     * @param run the run
     * @param stream which stream
     * @param from offset of the first byte
     * @param max at most this many
     * @return the bytes; empty if there are none at the offset yet
     */
    Piece read(RunId run, OutputStreamKind stream, long from, int max);

    /**
     * Digests everything there is.
     *
     * @param run the run
     * @param stream which stream
     * @return length and SHA-256
     */
    StreamReceipt receipt(RunId run, OutputStreamKind stream);

    /**
     * Finds the prompt of the newest attempt.
     *
     * @param run the run
     * @return the prompt in UTF-8, or empty
     */
    Optional<StoredBytes> prompt(RunId run);

    /**
     * Counts the attempts that have opened their streams.
     *
     * @param run the run
     * @return how many there are; the newest has this number
     */
    int attempts(RunId run);

    /**
     * Finds a stream of one attempt as it is now.
     *
     * @param run the run
     * @param stream which stream
     * @param attempt number of the attempt
     * @return its bytes, or empty if the stream was never opened
     */
    Optional<StoredBytes> attempt(RunId run, OutputStreamKind stream, int attempt);

    /**
     * Finds a stream of the newest attempt as it is now.
     *
     * @param run the run
     * @param stream which stream
     * @return its bytes, or empty if the stream was never opened
     */
    default Optional<StoredBytes> newest(RunId run, OutputStreamKind stream) {
        return attempt(run, stream, attempts(run));
    }

    /**
     * Reads the end of the newest attempt's stream, decoded leniently.
     *
     * @param run the run
     * @param stream which stream
     * @param maxBytes at most this many bytes
     * @return the text, or empty if the stream was never opened
     */
    Optional<Tail> tail(RunId run, OutputStreamKind stream, int maxBytes);

    /**
     * Some bytes of a stream.
     *
     * @param bytes the bytes; not to be changed
     * @param attemptFollows whether a later attempt exists, so that nothing more is appended before it
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // passed on once and never compared; a copy would double the cost of reading
    record Piece(byte[] bytes, boolean attemptFollows) {}

    /**
     * The end of a stream.
     *
     * @param text decoded
     * @param truncated whether there is more before it
     */
    record Tail(String text, boolean truncated) {}
}
