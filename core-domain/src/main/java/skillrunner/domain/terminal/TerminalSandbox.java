package skillrunner.domain.terminal;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What keeps the engine's own tools from the rest of the machine. Told to the user, never a reason to refuse.
 *
 * @param supported whether the engine locks its tools in
 * @param gap why it does not, if that is known by a word
 * @param message what the user should know; always there if it does not
 */
public record TerminalSandbox(boolean supported, Optional<Gap> gap, Optional<String> message) {
    /** Why tools are not locked in, for whoever says it in another language. */
    public enum Gap {
        /** The engine has no sandbox. */
        HAS_NONE,
        /** Its sandbox is a container image that this server does not start. */
        NOT_STARTED_HERE,
        /** Its sandbox is a container, and this machine starts none. */
        NO_CONTAINERS,
        /** The kernel's help is switched off. */
        KERNEL_OFF,
        /** It has none for whoever signs in with a key. */
        NOT_WITH_KEY,
        /** It ended at once in its sandbox. */
        ENDED_IN_IT;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
    public static final TerminalSandbox SUPPORTED = new TerminalSandbox(true, Optional.empty(), Optional.empty());

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if nothing is locked in and nobody is told
     */
    public TerminalSandbox {
        Objects.requireNonNull(gap);
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
        return new TerminalSandbox(false, Optional.empty(), Optional.of(why));
    }

    /**
     * The engine's tools are not locked in.
     *
     * @param gap why
     * @param why the same, as a sentence for the user
     * @return the finding
     */
    public static TerminalSandbox unsupported(Gap gap, String why) {
        return new TerminalSandbox(false, Optional.of(gap), Optional.of(why));
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
