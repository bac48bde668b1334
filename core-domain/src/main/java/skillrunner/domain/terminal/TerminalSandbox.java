package skillrunner.domain.terminal;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What keeps the engine's own tools from the rest of the machine. Told to the user, never a reason to refuse.
 *
 * @param supported whether the engine locks its tools in
 * @param message what the user should know; always there if it does not
 */
public record TerminalSandbox(boolean supported, Optional<String> message) {
    /** The finding in a word. */
    public enum Status {
        /** The engine locks its tools in. */
        SUPPORTED,
        /** It does not. */
        UNSUPPORTED;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The engine locks its tools in. */
    public static final TerminalSandbox SUPPORTED = new TerminalSandbox(true, Optional.empty());

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if nothing is locked in and nobody is told
     */
    public TerminalSandbox {
        Objects.requireNonNull(message);
        if (!supported && message.isEmpty()) {
            throw new IllegalArgumentException("a missing sandbox needs a word to the user");
        }
    }

    /**
     * The engine's tools are not locked in.
     *
     * @param why why, as a sentence for the user
     * @return the finding
     */
    public static TerminalSandbox unsupported(String why) {
        return new TerminalSandbox(false, Optional.of(why));
    }

    /**
     * Returns it in a word.
     *
     * @return the word
     */
    public Status status() {
        return supported ? Status.SUPPORTED : Status.UNSUPPORTED;
    }
}
