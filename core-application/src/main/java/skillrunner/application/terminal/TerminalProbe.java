package skillrunner.application.terminal;

import java.util.Optional;

/** Asks programs of this machine what a terminal has to know. Implementations are safe for concurrent use. */
public interface TerminalProbe {
    /**
     * Tells whether the help of a program names something.
     *
     * @param program its absolute path
     * @param word for example an option
     * @return false also if it does not answer in time
     */
    boolean helpNames(String program, String word);

    /**
     * Says why no container can be started.
     *
     * @return the reason, or empty if one can
     */
    Optional<String> whyNoContainers();
}
