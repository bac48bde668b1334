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
 * Makes guessing slow and keeps nobody out. Each client may be wrong ten times at once; every six seconds it gets one of the
 * ten back. While none is left its attempts stand in a line that moves every half second and is never longer than two and a
 * half. Who proved the password within the last day never stands in it. At most {@value #MAX_CLIENTS} clients are remembered;
 * the oldest is forgotten first. Safe for concurrent use.
 */
final class FailureLimit {
    static final int MAX_CLIENTS = 10_000;

    /** How long one attempt of a slowed client takes. */
    static final Duration STEP = Duration.ofMillis(500);

    private static final int FAILURES = 10;
    private static final long REFILL_MILLIS = Duration.ofMinutes(1).toMillis() / FAILURES;
    private static final long WHOLE_REFILL_MILLIS = FAILURES * REFILL_MILLIS;

    /** Shorter than a stop of the server waits for requests in flight. */
    private static final long LONGEST_WAIT_MILLIS = Duration.ofMillis(2_500).toMillis();

    private static final int NETWORK_BYTES = 8;

    /** How an attempt ended. */
    sealed interface Verdict {
        /** The password was right. */
        record Right() implements Verdict {}

        /**
         * The password was wrong, and that was counted.
         *
         * @param slowed whether the client had used up its failures before
         */
        record Wrong(boolean slowed) implements Verdict {}

        /**
         * The attempt stands in line; {@link #judgeInTurn} is to be called when the time has passed.
         *
         * @param pause until its turn
         */
        record Later(Duration pause) implements Verdict {}

        /** The line is full; nothing was looked at. */
        record Full() implements Verdict {}
    }

    /**
     * What is known of a client.
     *
     * @param restored when it will have all its failures back
     * @param lastTurn when the last attempt in its line has its turn
     */
    private record Standing(long restored, long lastTurn) {}

    private final InstantSource clock;

    /** Who is absent has all failures. The latest failure is the last entry. */
    private final Map<String, Standing> standings = new LinkedHashMap<>();

    private final ProvenClients proven;

    FailureLimit(InstantSource clock, ProvenClients proven) {
        this.clock = Objects.requireNonNull(clock);
        this.proven = Objects.requireNonNull(proven);
    }

    /**
     * Judges one attempt, or gives it a place in the line. Attempts follow one another, so many at the same time are no way
     * round the limit.
     *
     * @param address of the client
     * @param proof of what the client says, from this address
     * @param right looks at the password; must be quick
     * @return how it ended
     */
    synchronized Verdict judge(String address, Proof proof, BooleanSupplier right) {
        String client = client(address);
        long now = clock.millis();
        if (proven.knows(proof, now)) {
            return new Verdict.Right();
        }
        Standing standing = standing(client, now);
        if (standing.restored() + REFILL_MILLIS - now <= WHOLE_REFILL_MILLIS) {
            return judged(client, proof, right, standing, false);
        }
        long turn = Math.max(now, standing.lastTurn()) + STEP.toMillis();
        if (turn - now > LONGEST_WAIT_MILLIS) {
            return new Verdict.Full();
        }
        standings.put(client, new Standing(standing.restored(), turn));
        return new Verdict.Later(Duration.ofMillis(turn - now));
    }

    /**
     * Judges an attempt whose turn has come.
     *
     * @param address of the client
     * @param proof of what the client says, from this address
     * @param right looks at the password; must be quick
     * @return right or wrong
     */
    synchronized Verdict judgeInTurn(String address, Proof proof, BooleanSupplier right) {
        String client = client(address);
        return judged(client, proof, right, standing(client, clock.millis()), true);
    }

    private Verdict judged(String client, Proof proof, BooleanSupplier right, Standing standing, boolean slowed) {
        long now = clock.millis();
        if (right.getAsBoolean()) {
            proven.remember(proof, now);
            return new Verdict.Right();
        }
        // Failures in line do not pile up: a minute without any gives all of them back.
        long restored = Math.min(standing.restored() + REFILL_MILLIS, now + WHOLE_REFILL_MILLIS);
        remember(client, new Standing(restored, standing.lastTurn()));
        return new Verdict.Wrong(slowed);
    }

    /** A clock that was set back must not slow anybody down for longer than a minute, nor make the line longer. */
    private Standing standing(String client, long now) {
        Standing known = standings.getOrDefault(client, new Standing(now, now));
        return new Standing(
                Math.max(now, Math.min(known.restored(), now + WHOLE_REFILL_MILLIS)),
                known.lastTurn() > now + LONGEST_WAIT_MILLIS ? now : known.lastTurn());
    }

    private void remember(String client, Standing standing) {
        standings.remove(client);
        standings.put(client, standing);
        if (standings.size() > MAX_CLIENTS) {
            standings.remove(standings.keySet().iterator().next());
        }
    }

    synchronized int clients() {
        return standings.size();
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
