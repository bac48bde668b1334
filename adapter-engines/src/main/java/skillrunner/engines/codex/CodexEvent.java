package skillrunner.engines.codex;

import org.jspecify.annotations.Nullable;

/** What one line of codex says, as far as a turn's outcome depends on it. */
sealed interface CodexEvent {
    /** The conversation has a name. */
    record ThreadStarted(String threadId) implements CodexEvent {}

    /** A turn begins. */
    record TurnStarted() implements CodexEvent {}

    /**
     * The agent spoke.
     *
     * @param text null if the line was too long to be read
     */
    record AgentMessage(@Nullable String text) implements CodexEvent {}

    /** The turn is complete. */
    record TurnCompleted() implements CodexEvent {}

    /** The turn failed. */
    record TurnFailed(String message) implements CodexEvent {}

    /** Something went wrong; codex may still get over it. */
    record Trouble(String message) implements CodexEvent {}

    /** Anything else that codex reports. */
    record Other() implements CodexEvent {}

    /** Not a line of codex's. */
    record Unreadable() implements CodexEvent {}
}
