package skillrunner.application.engine;

import skillrunner.domain.run.OutputStreamKind;

/**
 * Reads the output of one turn as it arrives. Never throws for what a CLI may write; memory stays bounded whatever the
 * output. Not safe for concurrent use.
 */
public interface EngineOutputParser {
    /**
     * Takes the next bytes of a stream. The cut may fall anywhere, also inside a character.
     *
     * @param stream which stream
     * @param bytes holds the bytes
     * @param length how many of them count
     */
    void feed(OutputStreamKind stream, byte[] bytes, int length);

    /**
     * Says what the turn came to. To be called once, after the last byte.
     *
     * @return the turn's outcome
     */
    TurnOutcome finish();
}
