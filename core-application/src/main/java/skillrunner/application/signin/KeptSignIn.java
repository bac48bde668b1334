package skillrunner.application.signin;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;

/**
 * What is on the disk of a session, so that a later server can tell and end what this one could not.
 *
 * @param id names the session
 * @param transport who talks to the provider
 * @param engine the engine
 * @param method what its user does
 * @param provider the provider's id, of an engine that has several
 * @param status where it stood
 * @param error why it failed, or what went wrong though it did not
 * @param letGo whether nothing of it is left to be ended
 * @param createdAt when it began
 * @param updatedAt when it last changed
 * @param expiresAt when it would have ended by itself
 * @param notes facts from its driver
 */
public record KeptSignIn(
        SignInId id,
        SignInTransport transport,
        EngineId engine,
        SignInMethod method,
        Optional<String> provider,
        SignInStatus status,
        Optional<SignInProblem> error,
        boolean letGo,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        Map<String, Object> notes) {
    /** Copies the map, in its order, and refuses null parts. */
    public KeptSignIn {
        Objects.requireNonNull(id);
        Objects.requireNonNull(transport);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(method);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(status);
        Objects.requireNonNull(error);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        Objects.requireNonNull(expiresAt);
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    /**
     * What shall be kept of a session.
     *
     * @param session the session
     * @param letGo whether nothing of it is left to be ended
     * @param notes facts from its driver
     * @return what is kept
     */
    public static KeptSignIn of(SignInSession session, boolean letGo, Map<String, Object> notes) {
        return new KeptSignIn(
                session.id(),
                session.way().transport(),
                session.way().engine(),
                session.way().method(),
                session.way().provider().map(SignInProvider::id),
                session.status(),
                session.error(),
                letGo,
                session.createdAt(),
                session.updatedAt(),
                session.expiresAt(),
                notes);
    }
}
