package skillrunner.http.signin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/** A sign-in session on the wire. */
record SignInJson(
        SignInId sessionId,
        EngineId engine,
        SignInTransport transport,
        SignInMethod authMethod,
        @Nullable String providerId,
        @Nullable String providerName,
        SignInStatus status,
        boolean terminal,
        @Nullable SignInInputKind inputKind,
        @Nullable String authUrl,
        @Nullable String verificationUrl,
        @Nullable String userCode,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        boolean authReady,
        @Nullable String error,
        @Nullable SignInFault errorCode,
        @Nullable Integer exitCode,
        String executionMode,
        boolean manualFallbackUsed,
        boolean oauthCallbackReceived,
        @Nullable Instant oauthCallbackAt,
        String transportStateMachine,
        String orchestrator,
        String logRoot,
        Map<String, Object> audit) {

    /** The word of old for what a session is about. */
    private static final String METHOD = "auth";

    static SignInJson of(SignInSnapshot snapshot) {
        SignInSession session = snapshot.session();
        SignInWay way = session.way();
        SignInPrompt prompt = session.prompt();
        return new SignInJson(
                session.id(),
                way.engine(),
                way.transport(),
                way.method(),
                way.provider().map(SignInProvider::id).orElse(null),
                way.provider().map(SignInProvider::name).orElse(null),
                session.status(),
                session.status().isTerminal(),
                prompt.input().orElse(null),
                prompt.address().orElse(null),
                prompt.verificationAddress().orElse(null),
                prompt.userCode().orElse(null),
                session.createdAt(),
                session.updatedAt(),
                session.expiresAt(),
                snapshot.engineReady(),
                session.error().map(SignInProblem::words).orElse(null),
                session.error().map(SignInProblem::fault).orElse(null),
                session.exitCode().orElse(null),
                way.transport().executionMode(),
                session.pastedByHand(),
                session.calledBackAt().isPresent(),
                session.calledBackAt().orElse(null),
                way.transport().stateMachine(),
                way.transport().orchestrator(),
                snapshot.folder(),
                audit(snapshot));
    }

    private static Map<String, Object> audit(SignInSnapshot snapshot) {
        SignInSession session = snapshot.session();
        Map<String, Object> audit = new LinkedHashMap<>(snapshot.notes());
        audit.put("manual_fallback_used", session.pastedByHand());
        audit.put("oauth_callback_received", session.calledBackAt().isPresent());
        session.calledBackAt().ifPresent(at -> audit.put("oauth_callback_at", at));
        return audit;
    }

    /** As the pages and the addresses of old tell it. */
    record Told(@JsonUnwrapped SignInJson session, String method, boolean deprecated) {
        static Told of(SignInSnapshot snapshot, boolean deprecated) {
            return new Told(SignInJson.of(snapshot), METHOD, deprecated);
        }
    }

    /** The session that is alive. */
    record Active(@JsonUnwrapped SignInJson session, boolean active) {
        static Object of(Optional<SignInSnapshot> alive) {
            return alive.<Object>map(it -> new Active(SignInJson.of(it), true))
                    .orElseGet(() -> Map.of("active", false));
        }
    }

    /** An engine after it was signed out. */
    record SignedOut(EngineId engine, boolean authReady) {}

    /** What became of an answer. */
    record Submitted(Object session, boolean accepted) {
        static Submitted of(SignInSnapshot snapshot, Object session) {
            SignInStatus status = snapshot.session().status();
            return new Submitted(
                    session, status == SignInStatus.CODE_SUBMITTED_WAITING_RESULT || status == SignInStatus.SUCCEEDED);
        }
    }

    /** What became of the wish for an end. */
    record Canceled(Object session, boolean canceled) {
        static Canceled of(SignInSnapshot snapshot, Object session) {
            return new Canceled(session, snapshot.session().status() == SignInStatus.CANCELED);
        }
    }
}
