package skillrunner.domain.journal;

import java.util.Arrays;
import java.util.Optional;

/** What a RASP event can be. */
public enum RaspType {
    /** The attempt works. */
    RUN_STATUS("lifecycle", "lifecycle.run.status"),
    /** How the turn is classified. */
    COMPLETION("lifecycle", "lifecycle.completion.state"),
    /** The run has ended. */
    RUN_TERMINAL("lifecycle", "lifecycle.run.terminal"),
    /** The run waits for its user. */
    INPUT_REQUIRED("interaction", "interaction.user_input.required"),
    /** The agent said something to its user. */
    MESSAGE("agent", "agent.message.final"),
    /** A piece of what it says. */
    MESSAGE_PIECE("agent", "agent.message.piece"),
    /** It said something that is not told again, or can't be told. */
    MESSAGE_SKIPPED("agent", "agent.message.skipped"),
    /** A turn begins. */
    TURN_STARTED("agent", "agent.turn_start"),
    /** A further call of the model begins. */
    STEP_STARTED("agent", "agent.step_start"),
    /** A call of the model has ended and another follows. */
    STEP_COMPLETE("agent", "agent.step_complete"),
    /** The engine closed its turn. */
    TURN_COMPLETE("agent", "agent.turn_complete"),
    /** The engine closed its turn as failed. */
    TURN_FAILED("agent", "agent.turn_failed"),
    /** The model thinks aloud. */
    REASONING("agent", "agent.reasoning"),
    /** A tool begins. */
    TOOL_CALL("agent", "agent.tool_call"),
    /** A tool has ended. */
    TOOL_RESULT("agent", "agent.tool_result"),
    /** Tokens that were used. */
    USAGE("agent", "agent.usage"),
    /** The engine says which model worked. */
    MODEL("agent", "agent.model"),
    /** The engine names its session. */
    SESSION("agent", "agent.session"),
    /** In the engine's format, but not of a kind that says anything here. */
    RECORD("agent", "agent.record"),
    /** Something to be warned of. */
    DIAGNOSTIC("diagnostic", "diagnostic.warning"),
    /** Standard output without a known meaning. */
    RAW_STDOUT("raw", "raw.stdout"),
    /** Standard error without a known meaning. */
    RAW_STDERR("raw", "raw.stderr");

    private final String category;
    private final String wire;

    RaspType(String category, String wire) {
        this.category = category;
        this.wire = wire;
    }

    /**
     * Returns the category on the wire.
     *
     * @return one of five words
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
     * Tells whether the server decided it, and not the engine.
     *
     * @return true for what follows from a move
     */
    public boolean isOfMove() {
        return this == RUN_STATUS || this == COMPLETION || this == RUN_TERMINAL || this == INPUT_REQUIRED;
    }

    /**
     * Tells whether it is output without a known meaning.
     *
     * @return true for the two
     */
    public boolean isRaw() {
        return this == RAW_STDOUT || this == RAW_STDERR;
    }

    /**
     * Reads a name.
     *
     * @param wire a name
     * @return the type, or empty if it is none of ours
     */
    public static Optional<RaspType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
    }
}
