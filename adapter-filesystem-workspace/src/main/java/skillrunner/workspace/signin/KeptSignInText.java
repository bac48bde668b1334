package skillrunner.workspace.signin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;

/** How what is kept of a session stands in its file. */
final class KeptSignInText {
    private static final String NOTES = "notes";
    private static final String ERROR = "error";
    private static final String FAULT = "fault";
    private static final String WORDS = "words";
    private static final String LET_GO = "let_go";

    private KeptSignInText() {}

    static Map<String, Object> values(KeptSignIn session) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("session_id", session.id().value());
        values.put("engine", session.engine().wire());
        values.put("transport", session.transport().wire());
        values.put("auth_method", session.method().wire());
        session.provider().ifPresent(provider -> values.put("provider_id", provider));
        values.put("status", session.status().wire());
        session.error()
                .ifPresent(
                        error -> values.put(ERROR, Map.of(FAULT, error.fault().name(), WORDS, error.words())));
        values.put(LET_GO, session.letGo());
        values.put("created_at", session.createdAt().toString());
        values.put("updated_at", session.updatedAt().toString());
        values.put("expires_at", session.expiresAt().toString());
        values.put(NOTES, session.notes());
        return values;
    }

    /** Reads it; empty if it is not what this or an earlier version wrote. */
    static Optional<KeptSignIn> read(Map<String, Object> values) {
        try {
            return Optional.of(new KeptSignIn(
                    text(values, "session_id").flatMap(SignInId::parse).orElseThrow(),
                    text(values, "transport").flatMap(SignInTransport::parse).orElseThrow(),
                    text(values, "engine").flatMap(EngineId::parse).orElseThrow(),
                    text(values, "auth_method").flatMap(SignInMethod::parse).orElseThrow(),
                    text(values, "provider_id"),
                    text(values, "status").flatMap(KeptSignInText::status).orElseThrow(),
                    error(values),
                    Boolean.TRUE.equals(values.get(LET_GO)),
                    time(values, "created_at"),
                    time(values, "updated_at"),
                    time(values, "expires_at"),
                    notes(values)));
        } catch (NoSuchElementException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<SignInStatus> status(String wire) {
        return Arrays.stream(SignInStatus.values())
                .filter(it -> it.wire().equals(wire))
                .findFirst();
    }

    /** One that this version has no name for is as good as none. */
    private static Optional<SignInProblem> error(Map<String, Object> values) {
        if (!(values.get(ERROR) instanceof Map<?, ?> error)
                || !(error.get(WORDS) instanceof String words)
                || words.isBlank()) {
            return Optional.empty();
        }
        return Arrays.stream(SignInFault.values())
                .filter(fault -> fault.name().equals(error.get(FAULT)))
                .findFirst()
                .map(fault -> fault.saying(words));
    }

    private static Instant time(Map<String, Object> values, String name) {
        return Instant.parse(text(values, name).orElseThrow());
    }

    private static Optional<String> text(Map<String, Object> values, String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, Object> notes(Map<String, Object> values) {
        Map<String, Object> notes = new LinkedHashMap<>();
        if (values.get(NOTES) instanceof Map<?, ?> kept) {
            kept.forEach((name, value) -> notes.put(String.valueOf(name), value));
        }
        return notes;
    }
}
