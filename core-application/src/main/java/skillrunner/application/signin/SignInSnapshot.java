package skillrunner.application.signin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import skillrunner.domain.signin.SignInSession;

/**
 * A session as it is now, with what is known about it.
 *
 * @param session the session
 * @param engineReady whether the engine has its credentials now
 * @param folder the absolute path of what is kept of it
 * @param notes facts from its driver
 */
public record SignInSnapshot(SignInSession session, boolean engineReady, String folder, Map<String, Object> notes) {
    /** Copies the map, in its order. */
    public SignInSnapshot {
        Objects.requireNonNull(session);
        Objects.requireNonNull(folder);
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
