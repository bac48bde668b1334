package skillrunner.application.engine;

/**
 * How an engine that keeps running between the turns of a run is talked to: each thing that it is told, the prompt of the
 * first turn as well, is one line of its stdin, which stays open. When it has closed a turn it waits for the next line, and
 * when its stdin is at its end it ends by itself. Implementations are pure.
 */
@FunctionalInterface
public interface KeptDialogue {
    /**
     * Writes what the engine is told.
     *
     * @param text any text, with as many lines as it likes
     * @return one line that says it, without its end
     */
    String line(String text);
}
