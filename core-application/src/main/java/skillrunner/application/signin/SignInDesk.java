package skillrunner.application.signin;

import java.util.Optional;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;

/**
 * Where a driver tells what happens to one session. What comes after the session's end changes nothing; each method tells whether
 * it was in time. Safe for concurrent use.
 */
public interface SignInDesk {
    /**
     * There is something for the user to do.
     *
     * @param prompt what
     * @param why why it is asked once more; empty the first time
     * @return whether the session is alive
     */
    boolean asked(SignInPrompt prompt, Optional<SignInProblem> why);

    /**
     * A program shows a screen that is answered without the user.
     *
     * @return whether the session is alive
     */
    boolean automated();

    /**
     * What the user typed was taken.
     *
     * @return whether the session is alive
     */
    boolean answered();

    /**
     * A browser brought an answer that belongs to the session.
     *
     * @return whether the session is alive
     */
    boolean calledBack();

    /**
     * The provider agreed. The credentials are written, and then the session has succeeded; it fails if they can't be. Neither
     * happens if the session has ended meanwhile, and nothing ends it while they are written.
     *
     * @param credentials writes them, all or none
     * @return whether the session has succeeded
     */
    boolean agreed(Runnable credentials);

    /**
     * It can't become anything any more.
     *
     * @param why what went wrong
     * @return false, for the session is not alive any more
     */
    boolean failed(SignInProblem why);

    /**
     * Tells whether the session ended well.
     *
     * @return true if the engine is signed in by it
     */
    boolean hasSucceeded();

    /**
     * Something more went wrong while the session was let go of. It is told beside what ended it.
     *
     * @param what a short sentence without secrets
     */
    void wentWrongToo(String what);

    /**
     * The program that was driven has ended.
     *
     * @param exitCode how
     */
    void exited(int exitCode);

    /**
     * Notes a fact about the session for whoever asks for its snapshot.
     *
     * @param key its name on the wire
     * @param value a text, number, truth value, or a map or list of these; no secret
     */
    void note(String key, Object value);

    /**
     * Returns the name of the session.
     *
     * @return its id
     */
    SignInId id();

    /**
     * Returns the folder for what is worth keeping of the session.
     *
     * @return an existing folder of the session's own, as an absolute path
     */
    String folder();
}
