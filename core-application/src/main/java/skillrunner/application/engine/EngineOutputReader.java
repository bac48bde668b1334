package skillrunner.application.engine;

import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;

/**
 * Reads the output of one attempt as it arrives and tells what the engine says, event by event. What it tells of a stream
 * depends on the bytes from its position on and on nothing else: not on how they are cut into pieces, not on the other
 * stream, not on what was read before. So a reader made at a {@link #position()} that was stored tells exactly what one
 * from the start would have told from there on. No character is split; a last line that has no end yet is held back until
 * it has one or the output has ended. Never throws for what a CLI may write; memory stays bounded whatever the output. Not
 * safe for concurrent use.
 */
public interface EngineOutputReader {
    /**
     * Takes the next bytes of a stream and tells the events that are complete. The cut may fall anywhere, also inside a
     * character.
     *
     * @param stream which stream
     * @param bytes holds the bytes
     * @param length how many of them count
     */
    void feed(OutputStreamKind stream, byte[] bytes, int length);

    /** Tells what was held back, since nothing more will come. To be called once, after the last byte. */
    void finish();

    /**
     * Returns how far everything has been told: each event before it has been, none behind it. Only between two calls.
     *
     * @return the end of each stream's last event, or the reader's own beginning
     * @see EngineEvent#at()
     */
    OutputPosition position();
}
