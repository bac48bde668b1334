package skillrunner.delegate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.domain.problem.RefusedException;

/**
 * What one program shows while it signs in, and what is to be done about it: a state machine over its screens. An instance is for one
 * start of the program, and its methods are never called at once.
 */
interface Script {
    /** What the program is started with. */
    List<String> arguments();

    /** What the program finds in its environment, beside what is usual for every start of it. */
    default Map<String, String> variables() {
        return Map.of();
    }

    /** Called once, when the program runs. */
    default void begin(Stage stage) {}

    /**
     * Looks at what was shown: when something came, and now and then.
     *
     * @param screen the last part of it
     * @param stage what can be done
     */
    void look(ScreenText screen, Stage stage);

    /**
     * Takes what the user typed.
     *
     * @param value what was typed
     * @param screen what was shown so far
     * @param stage what can be done
     * @throws RefusedException if it can be no answer; nothing has happened then
     */
    void submit(String value, ScreenText screen, Stage stage);

    /** How long the program may show nothing at all, if that is longer than usual. */
    default Duration opening() {
        return Duration.ZERO;
    }

    /** Whether the program shows nothing for people, so that what it says is worth nothing to them. */
    default boolean isProtocol() {
        return false;
    }
}
