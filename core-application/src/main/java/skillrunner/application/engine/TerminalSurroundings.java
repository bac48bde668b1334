package skillrunner.application.engine;

import java.util.Optional;

/** What an engine asks before its interface is started. Questions may take seconds, so only those that matter are asked. */
public interface TerminalSurroundings {
    /**
     * Returns the home of all CLIs.
     *
     * @return the home
     */
    AgentHome home();

    /**
     * Returns a variable of the server's own environment.
     *
     * @param name its name
     * @return its value, if it is set
     */
    Optional<String> variable(String name);

    /**
     * Tells whether the CLI's help names something.
     *
     * @param word for example an option
     * @return false also if the CLI does not answer
     */
    boolean helpNames(String word);

    /**
     * Says why no container can be started on this machine.
     *
     * @return the reason, or empty if one can
     */
    Optional<String> whyNoContainers();
}
