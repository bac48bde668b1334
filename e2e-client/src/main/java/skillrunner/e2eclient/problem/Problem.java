package skillrunner.e2eclient.problem;

import java.util.List;
import java.util.Objects;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.web.RefusedException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What went wrong with a request.
 *
 * @param status HTTP status
 * @param code stable name of the reason
 * @param detail what happened
 * @param faults what was wrong field by field
 */
public record Problem(int status, String code, String detail, List<BackendException.Fault> faults) {
    /** What a problem document is served as. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the list and refuses null parts. */
    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        faults = List.copyOf(faults);
    }

    static Problem of(RefusedException e) {
        return new Problem(e.status(), e.code(), e.detail(), List.of());
    }

    static Problem of(BackendException e) {
        return new Problem(e.status(), e.code(), e.detail(), e.faults());
    }

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of());
    }

    /** Writes it as a document of an address that was asked for. */
    String document(String instance) {
        ObjectNode document = Json.object()
                .put("type", "about:blank")
                .put("title", code)
                .put("status", status)
                .put("detail", detail)
                .put("instance", instance)
                .put("code", code);
        if (!faults.isEmpty()) {
            ArrayNode errors = document.putArray("errors");
            faults.forEach(
                    fault -> errors.addObject().put("pointer", fault.pointer()).put("detail", fault.detail()));
        }
        return Json.text(document);
    }
}
