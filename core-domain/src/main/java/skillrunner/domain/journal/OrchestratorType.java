package skillrunner.domain.journal;

import java.util.Arrays;
import java.util.Optional;

/** What an orchestrator event can be. */
public enum OrchestratorType {
    /** An attempt got its slot. */
    RUN_STARTED("lifecycle", "lifecycle.run.started"),
    /** The run has ended. */
    RUN_TERMINAL("lifecycle", "lifecycle.run.terminal"),
    /** The run was canceled. */
    RUN_CANCELED("lifecycle", "lifecycle.run.canceled"),
    /** A question is stored. */
    INPUT_REQUIRED("interaction", "interaction.user_input.required"),
    /** An answer is stored. */
    REPLY_ACCEPTED("interaction", "interaction.reply.accepted"),
    /** A decision that nobody took is stored. */
    AUTO_DECIDED("interaction", "interaction.auto_decide.timeout"),
    /** The server failed with the run. */
    RUN_FAILED("error", "error.run.failed"),
    /** Something to be warned of. */
    DIAGNOSTIC("diagnostic", "diagnostic.warning");

    private final String category;
    private final String wire;

    OrchestratorType(String category, String wire) {
        this.category = category;
        this.wire = wire;
    }

    /**
     * Returns the category on the wire.
     *
     * @return one of four words
     */
    public String category() {
        return category;
    }

    /**
     * Returns the name on the wire.
     *
     * @return words with dots
     */
    public String wire() {
        return wire;
    }

    /**
     * Reads a name.
     *
     * @param wire a name
     * @return the type, or empty if it is none of ours
     */
    public static Optional<OrchestratorType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
    }
}
