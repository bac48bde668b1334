package skillrunner.application.engine;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes what renews the sign-ins of a home. A runner inside another program finds one as a service, since it brings no provider's protocol along
 * itself. Implementations have a constructor without parameters and are safe for concurrent use.
 */
public interface SignInRenewals {
    /**
     * Makes it. Touches no file and calls nobody.
     *
     * @param home the home of the engines, as an absolute path
     * @param variables a variable of the environment by its name
     * @param clock tells the time
     * @return what renews
     * @throws IllegalArgumentException if a variable has a value that can't be
     */
    SignInRenewal of(String home, Function<String, Optional<String>> variables, Clock clock);
}
