package skillrunner.http.run;

import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;

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

    /** The address of one request. */
    static String of(RequestKind kind, RequestId request) {
        return of(kind) + "/" + request;
    }
}
