package skillrunner.e2eclient.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Tells answers from refusals, and both from what is neither. */
final class Answers {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int LONGEST_WORDS = 2_000;
    private static final int MOST_FAULTS = 100;
    private static final String DETAIL = "detail";

    private Answers() {}

    static JsonNode value(int status, byte[] body) {
        if (!isSuccess(status)) {
            throw refusal(status, body);
        }
        return Json.parse(body)
                .orElseThrow(() -> BackendException.unusable(
                        "The server answered " + status + " with what is no JSON of a reasonable size"));
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status < 600;
    }

    private static BackendException strange(int status) {
        return BackendException.unusable(
                status >= 300 && status < 400
                        ? "The server answered " + status + ", a redirect, which is not followed"
                        : "The server answered with the status " + status);
    }

    /** Tells what an answer says whose status is no success. */
    static BackendException refusal(int status, byte[] body) {
        if (!isRefusal(status)) {
            return strange(status);
        }
        JsonNode problem = Json.parse(body).filter(JsonNode::isObject).orElseGet(Json::object);
        JsonNode detail = problem.path(DETAIL);
        // Other servers of this contract nest their words.
        JsonNode inner = detail.isObject() ? detail : problem;
        String words = detail.isObject()
                ? Json.string(detail, "message").orElse("")
                : Json.string(problem, DETAIL).orElse("");
        return BackendException.refused(
                status,
                Json.string(inner, "code")
                        .filter(code -> CODE.matcher(code).matches())
                        .orElse(BackendException.REFUSED),
                words.isBlank() ? "The server answered " + status + " without saying why" : shortened(words),
                faults(problem));
    }

    private static List<BackendException.Fault> faults(JsonNode problem) {
        List<BackendException.Fault> faults = new ArrayList<>();
        for (JsonNode fault : problem.path("errors")) {
            if (faults.size() == MOST_FAULTS) {
                break;
            }
            Json.string(fault, DETAIL)
                    .ifPresent(detail -> faults.add(new BackendException.Fault(
                            shortened(Json.string(fault, "pointer").orElse("")), shortened(detail))));
        }
        return faults;
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
