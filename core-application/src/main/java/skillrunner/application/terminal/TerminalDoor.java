package skillrunner.application.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a browser gets to a terminal. Immutable.
 *
 * @param kind what shows it
 * @param command what is started for it
 * @param address where another program listens for browsers; empty if the server shows it
 */
public record TerminalDoor(Kind kind, List<String> command, Optional<Address> address) {
    /** What shows a terminal to a browser. */
    public enum Kind {
        /** The server itself. */
        EMBEDDED,
        /** The program ttyd. */
        TTYD;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where a program listens.
     *
     * @param host the address it is bound to
     * @param port its port
     */
    public record Address(String host, int port) {
        /** Refuses null parts. */
        public Address {
            Objects.requireNonNull(host);
        }
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the address does not fit the kind
     */
    public TerminalDoor {
        Objects.requireNonNull(kind);
        command = List.copyOf(command);
        if (address.isPresent() != (kind == Kind.TTYD)) {
            throw new IllegalArgumentException("another program has an address, and the server none");
        }
    }

    /**
     * The server shows what is started.
     *
     * @param command what is started
     * @return the way
     */
    public static TerminalDoor embedded(List<String> command) {
        return new TerminalDoor(Kind.EMBEDDED, command, Optional.empty());
    }
}
