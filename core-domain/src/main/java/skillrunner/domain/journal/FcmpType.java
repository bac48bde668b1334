package skillrunner.domain.journal;

import java.util.Arrays;
import java.util.Optional;

/** What an FCMP event can be. */
public enum FcmpType {
    /** The session of the attempt is known. */
    CONVERSATION_STARTED("conversation.started"),
    /** The run has moved. */
    STATE_CHANGED("conversation.state.changed"),
    /** The run has succeeded. */
    CONVERSATION_COMPLETED("conversation.completed"),
    /** The run has failed or was canceled. */
    CONVERSATION_FAILED("conversation.failed"),
    /** The user is asked. */
    INPUT_REQUIRED("user.input.required"),
    /** The user's answer was taken. */
    REPLY_ACCEPTED("interaction.reply.accepted"),
    /** Nobody answered, and it was decided. */
    AUTO_DECIDED("interaction.auto_decide.timeout"),
    /** The agent said something to its user. */
    MESSAGE("assistant.message.final"),
    /** The model thinks aloud. */
    REASONING("assistant.reasoning"),
    /** A tool begins. */
    TOOL_CALL("assistant.tool_call"),
    /** A tool has ended. */
    TOOL_RESULT("assistant.tool_result"),
    /** Tokens that were used. */
    USAGE("assistant.usage"),
    /** Something to be warned of. */
    DIAGNOSTIC("diagnostic.warning"),
    /** Standard output without a known meaning. */
    RAW_STDOUT("raw.stdout"),
    /** Standard error without a known meaning. */
    RAW_STDERR("raw.stderr");

    private final String wire;

    FcmpType(String wire) {
        this.wire = wire;
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
    public static Optional<FcmpType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
    }
}
