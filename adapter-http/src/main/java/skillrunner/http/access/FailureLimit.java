package skillrunner.http.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Makes guessing slow. Each client may be wrong ten times at once; every six seconds it gets one of the ten back. While none
 * is left nothing it says is looked at. At most {@value #MAX_CLIENTS} clients are remembered; the one whose last failure is
 * the longest ago is forgotten first. Safe for concurrent use.
 */
final class FailureLimit {
    static final int MAX_CLIENTS = 10_000;

    private static final int FAILURES = 10;
    private static final long REFILL_MILLIS = Duration.ofMinutes(1).toMillis() / FAILURES;
    private static final long WHOLE_REFILL_MILLIS = FAILURES * REFILL_MILLIS;
    private static final int NETWORK_BYTES = 8;

    /** How an attempt ended. */
    sealed interface Verdict {
        /** The password was right. */
        record Right() implements Verdict {}

        /** The password was wrong, and that was counted. */
        record Wrong() implements Verdict {}

        /**
         * Nothing was looked at.
         *
         * @param retryAfterSeconds whole seconds until something is
         */
        record Exhausted(long retryAfterSeconds) implements Verdict {}
    }

    private final InstantSource clock;

    /** When each client will have all its failures back; who is absent has them. The latest failure is the last entry. */
    private final Map<String, Long> restored = new LinkedHashMap<>();

    FailureLimit(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Judges one attempt. Attempts follow one another, so many at the same time are no way round the limit.
     *
     * @param address of the client
     * @param right looks at the password; must be quick
     * @return how it ended
     */
    synchronized Verdict judge(String address, BooleanSupplier right) {
        String client = client(address);
        long now = clock.millis();
        // A clock that was set back must not lock anybody out for longer than a minute.
        restored.computeIfPresent(client, (key, at) -> Math.min(at, now + WHOLE_REFILL_MILLIS));
        long at = Math.max(now, restored.getOrDefault(client, now));
        long wait = at + REFILL_MILLIS - now - WHOLE_REFILL_MILLIS;
        if (wait > 0) {
            return new Verdict.Exhausted((wait + 999) / 1000);
        }
        if (right.getAsBoolean()) {
            return new Verdict.Right();
        }
        restored.remove(client);
        restored.put(client, at + REFILL_MILLIS);
        if (restored.size() > MAX_CLIENTS) {
            restored.remove(restored.keySet().iterator().next());
        }
        return new Verdict.Wrong();
    }

    synchronized int clients() {
        return restored.size();
    }

    /** One customer gets a whole IPv6 network of 64 bits, so its addresses count as one. */
    private static String client(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A literal address is never looked up anywhere.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
