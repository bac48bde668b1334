package skillrunner.delegate;

import java.time.Instant;
import java.util.Optional;
import skillrunner.delegate.screen.Key;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;

/** What a {@link Script} can do: to the program, and to the session. */
interface Stage {
    /** The time. */
    Instant now();

    /** When the program began. */
    Instant begun();

    /** When it showed something last. */
    Instant lastOutput();

    /** A screen is shown that the server answers. */
    void automatic();

    /** A screen is shown that is known; the program is not lost. */
    void recognized();

    /**
     * There is something for the user to do. The same again changes nothing.
     *
     * @param prompt what
     * @param why why once more
     */
    void ask(SignInPrompt prompt, Optional<SignInProblem> why);

    /** Presses a key. */
    void press(Key key);

    /**
     * Types what the server itself has to say.
     *
     * @param text no secret
     */
    void type(String text);

    /**
     * Types what the user typed, and Enter. It stands in no log.
     *
     * @param value a secret
     */
    void enter(String value);

    /** What the user typed was taken. */
    void answered();

    /** The program says that it is done. What is not yet in its files may come within moments. */
    void done();

    /**
     * The program says that something failed that comes behind the sign-in itself. If it has its credentials, it is signed in.
     *
     * @param warning what is told then
     * @param why what is told otherwise
     */
    void fellShort(String warning, SignInProblem why);

    /** It can't become anything any more. */
    void failed(SignInProblem why);

    /** The program does not know this way; another is tried, if there is one. */
    void otherwise(SignInProblem why);

    /** Takes a secret out of everything that is kept or told. */
    void hide(String value, boolean beginnings);
}
