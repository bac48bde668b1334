package skillrunner.application.signin;

import java.util.List;
import java.util.Map;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInSession;

/**
 * What is kept of sign-in sessions for people who look for what went wrong: a folder for each session, with a line for each thing
 * that happened. Never a secret. A record that can't be written is logged and never in the way of a sign-in. Implementations are
 * safe for concurrent use.
 */
public interface SignInRecords {
    /**
     * Makes the folder of a session.
     *
     * @param session a session that has just begun
     * @return the folder, as an absolute path
     * @throws java.io.UncheckedIOException if it can't be made; then nothing of it is left
     */
    String open(SignInSession session);

    /**
     * Adds a line.
     *
     * @param session the session
     * @param type what happened, for example {@code state_changed}
     * @param facts more about it
     */
    void add(SignInSession session, String type, Map<String, ?> facts);

    /**
     * Keeps where a session stands, in the place of what was kept of it before. It is on the disk when this returns.
     *
     * @param session the session; its folder is there
     */
    void keep(KeptSignIn session);

    /**
     * Returns the sessions of earlier servers that were not let go of.
     *
     * @return what was kept of them
     */
    List<KeptSignIn> leftBehind();

    /**
     * Returns the folder of a session.
     *
     * @param session what was kept of it
     * @return the folder, as an absolute path
     */
    String folder(KeptSignIn session);

    /**
     * Removes the folder of a session that never came to be.
     *
     * @param session names the session
     */
    void discard(SignInId session);
}
