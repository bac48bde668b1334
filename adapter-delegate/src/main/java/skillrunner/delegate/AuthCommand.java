package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import skillrunner.delegate.screen.Key;

/** Brings a program that is at work, since somebody is signed in already, to its sign-in: by a command of its own. For one script. */
final class AuthCommand {
    private static final String NAME = "main";

    private final Duration first;
    private final Duration second;
    private final Presses presses;
    private @Nullable Instant since;

    /**
     * @param first so long after it is at work the command is typed
     * @param second so long after it is at work Enter is pressed once more: a program that completes commands took the first one for that
     * @param presses shared by all that presses keys
     */
    AuthCommand(Duration first, Duration second, Presses presses) {
        this.first = first;
        this.second = second;
        this.presses = presses;
    }

    /** It is at work. */
    void look(Stage stage) {
        stage.automatic();
        Instant now = stage.now();
        if (since == null) {
            since = now;
        }
        int times = presses.times(NAME);
        if (times < 2 && !now.isBefore(since.plus(times == 0 ? first : second))) {
            if (times == 0) {
                stage.type("/auth");
            }
            stage.press(Key.ENTER);
            presses.pressed(NAME, now);
        }
    }
}
