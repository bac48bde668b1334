package skillrunner.application.signin;

import java.util.List;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInId;
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
     * Tells whether a way can be gone at all now, before anybody else has to make room for it. By default all can.
     *
     * @param way one of {@link #ways()}
     * @throws RefusedException if what it needs is not there
     */
    default void require(SignInWay way) {}

    /**
     * Begins to go one of them. May ask a provider before it returns, but waits for no person.
     *
     * @param way one of {@link #ways()}
     * @param desk where it tells what happens; may be used at once and from any thread
     * @return what is under way; closed by the caller
     * @throws RefusedException if it can't begin now; then nothing of it is left
     */
    SignInWork begin(SignInWay way, SignInDesk desk);

    /**
     * Ends what a session of an earlier server left: programs, and what was laid aside for it. May be repeated. By default a session
     * leaves nothing.
     *
     * @param way how the engine was signed in
     * @param session names it
     * @param folder the folder of what was kept of it, as an absolute path
     * @param succeeded whether it had succeeded before its server ended
     */
    default void clear(SignInWay way, SignInId session, String folder, boolean succeeded) {}
}
