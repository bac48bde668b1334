package skillrunner.http.run;

import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;

/** Where runs are found by those who asked for them. */
final class RunAddress {
    private RunAddress() {}

    /** The address of all requests of a kind. */
    static String of(RequestKind kind) {
        return switch (kind) {
            case JOB -> "/v1/jobs";
            case TEMP -> "/v1/temp-skill-runs";
        };
    }

    /** The address of any request of a kind, as routes are registered. */
    static String ofEach(RequestKind kind) {
        return of(kind) + "/{request_id}";
    }

    /** The page of the skill that a request names; empty for that of a temporary one, of which nothing is installed. */
    static String skill(RunRequest request) {
        return request.kind() == RequestKind.JOB ? "/ui/skills/" + request.skill() : "";
    }

    /** The address of one request. */
    static String of(RequestKind kind, RequestId request) {
        return of(kind) + "/" + request;
    }
}
