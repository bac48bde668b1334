package skillrunner.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorKind;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;

/** A refusal as a problem document (RFC 9457). */
public final class Problem {
    /** Media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int MAX_INSTANCE = 500;

    private Problem() {}

    /**
     * Maps a kind of error to its HTTP status; the only place that does.
     *
     * @param kind the kind
     * @return the status
     */
    public static int status(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT -> 409;
            case GONE -> 410;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case MISDIRECTED -> 421;
            case LIMITED -> 429;
            case TOO_SLOW -> 408;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }

    /**
     * Builds the document.
     *
     * @param refusal why
     * @param instance path of the request
     * @return the members in the order in which they are written
     */
    public static Map<String, Object> document(Refusal refusal, String instance) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + refusal.code().slug());
        document.put("title", refusal.code().title());
        document.put("status", status(refusal.code().kind()));
        document.put("detail", refusal.detail());
        document.put("instance", Excerpt.of(instance, MAX_INSTANCE));
        document.put("code", refusal.code().name());
        List<FieldError> errors = refusal.errors();
        if (!errors.isEmpty()) {
            document.put("errors", errors);
        }
        refusal.facts().ifPresent(facts -> add(document, facts));
        return document;
    }

    private static void add(Map<String, Object> document, RefusalFacts facts) {
        if (facts instanceof RefusalFacts.SkillEngines engines) {
            document.put("declared_engines", engines.declared());
            document.put("unsupported_engines", engines.unsupported());
            document.put("effective_engines", engines.effective());
            document.put("requested_engine", engines.requested());
        } else if (facts instanceof RefusalFacts.Decided decided) {
            Map<String, @Nullable Object> decision = new LinkedHashMap<>();
            decision.put("interaction_id", decided.number());
            decision.put("response", decided.response().orElse(null));
            decision.put("decided_by", decided.decidedBy());
            decision.put("decided_at", decided.decidedAt());
            document.put("decision", decision);
        } else if (facts instanceof RefusalFacts.InUse use) {
            Map<String, Object> user = new LinkedHashMap<>();
            user.put("purpose", use.purpose());
            user.put("engine", use.engine());
            user.put("session_id", use.session());
            document.put("in_use", user);
        } else if (facts instanceof RefusalFacts.SkillModes modes) {
            document.put("declared_execution_modes", modes.declared());
            document.put("requested_execution_mode", modes.requested());
        }
    }
}
