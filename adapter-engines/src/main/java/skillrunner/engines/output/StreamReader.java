package skillrunner.engines.output;

/** Reads one stream of an engine. Like {@link skillrunner.application.engine.EngineOutputReader}, but knows no other stream. */
public interface StreamReader {
    /**
     * Takes the next bytes. The cut may fall anywhere.
     *
     * @param bytes holds them
     * @param length how many of them count
     */
    void feed(byte[] bytes, int length);

    /** Tells what was held back. */
    void finish();

    /**
     * Returns how far everything has been told.
     *
     * @return offset in the stream
     */
    long position();
}
