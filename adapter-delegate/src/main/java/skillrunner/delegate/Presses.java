package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When which key was pressed, so that no screen gets two where it waits for one. For one script. */
final class Presses {
    private static final int MOST = 20;

    private final Duration cooldown;
    private final Map<String, Instant> last = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();
    private Instant any = Instant.MIN;

    /** @param cooldown between any two */
    Presses(Duration cooldown) {
        this.cooldown = cooldown;
    }

    /** Whether a key may be pressed on a screen now: none was for a moment, and none on this screen for so long. */
    boolean due(String screen, Duration every, Instant now) {
        return !now.isBefore(any.equals(Instant.MIN) ? any : any.plus(cooldown))
                && (!last.containsKey(screen) || !now.isBefore(last.get(screen).plus(every)));
    }

    void pressed(String screen, Instant now) {
        any = now;
        last.put(screen, now);
        times.merge(screen, 1, Integer::sum);
    }

    int times(String screen) {
        return times.getOrDefault(screen, 0);
    }

    /** Whether pressing more on a screen is of no use. */
    boolean tooMany(String screen) {
        return times(screen) >= MOST;
    }
}
