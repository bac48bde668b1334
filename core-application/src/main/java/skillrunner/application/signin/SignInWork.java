package skillrunner.application.signin;

import java.time.Instant;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;

/**
 * A sign-in that is under way: what a driver holds for one session, a listener or a program for example. Its methods are called
 * without any lock and may overlap, except where they say otherwise; what comes of a call is told at the {@link SignInDesk}.
 */
public interface SignInWork extends AutoCloseable {
    /**
     * Takes what the user typed. May ask the provider before it returns.
     *
     * @param kind of what kind it is; it fits what the session asks for
     * @param value what was typed, without white space around it and not empty
     * @throws RefusedException if it can be no answer; the session stays as it is
     */
    void submit(SignInInputKind kind, String value);

    /**
     * Takes what a browser brought to the server's own port. May ask the provider before it returns.
     *
     * @param answer what it brought
     * @return false if it does not belong to this sign-in, or one that does came before; then nothing has changed
     */
    default boolean callBack(BrowserAnswer answer) {
        return false;
    }

    /**
     * Looks whether something has happened. Called about once a second, never twice at once.
     *
     * @param now the time
     */
    default void look(Instant now) {}

    /**
     * Looks once more before another session is refused because of this one, also where a look would not be due. Never called
     * while {@link #look} is.
     *
     * @param now the time
     */
    default void lookAtOnce(Instant now) {
        look(now);
    }

    /** Lets go of everything that was held for the session. May be repeated; waits until it is gone. */
    @Override
    void close();
}
