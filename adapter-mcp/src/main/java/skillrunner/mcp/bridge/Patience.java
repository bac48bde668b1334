package skillrunner.mcp.bridge;

import java.time.Duration;

/**
 * How long a server is waited for that can't be reached.
 *
 * @param first one that nobody has seen yet: it may just be starting, or not be there at all, and agents give up soon
 * @param later one that was there: it may be started again
 */
record Patience(Duration first, Duration later) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(6), Duration.ofSeconds(60));
}
