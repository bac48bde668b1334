package skillrunner.mcp.session;

import java.time.Duration;

/**
 * How many clients may be connected, and what they may hold.
 *
 * @param most how many sessions there may be at once
 * @param patience how long a session lives that nobody uses
 * @param unreadBytes what all messages together may hold that nobody has read yet
 */
public record SessionSettings(int most, Duration patience, long unreadBytes) {
    /** Refuses what would let nobody in. */
    public SessionSettings {
        if (most < 1 || patience.isNegative() || patience.isZero() || unreadBytes < 1) {
            throw new IllegalArgumentException("nobody could connect");
        }
    }
}
