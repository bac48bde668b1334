package skillrunner.application.signin;

import java.util.List;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInWay;

/** Can sign engines in by some ways. Implementations are safe for concurrent use. */
public interface SignInDriver {
    /**
     * Returns the ways it can go.
     *
     * @return the ways, in the order of menus
     */
    List<SignInWay> ways();

    /**
     * Begins to go one of them. May ask a provider before it returns, but waits for no person.
     *
     * @param way one of {@link #ways()}
     * @param desk where it tells what happens; may be used at once and from any thread
     * @return what is under way; closed by the caller
     * @throws RefusedException if it can't begin now; then nothing of it is left
     */
    SignInWork begin(SignInWay way, SignInDesk desk);
}
