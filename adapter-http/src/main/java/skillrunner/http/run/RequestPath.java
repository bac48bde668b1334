package skillrunner.http.run;

import io.javalin.http.Context;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;

/** The request that an address names. */
final class RequestPath {
    private RequestPath() {}

    /** Reads the id in the path; a text that can't be an id is one that does not exist. */
    static RequestId id(Context ctx) {
        return RequestId.parse(ctx.pathParam("request_id"))
                .orElseThrow(() -> new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "Request not found"));
    }
}
