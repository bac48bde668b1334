package skillrunner.http.run;

import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestKind;

/** Finds the run that an address names. What was asked for at one address is unknown at the other. Safe for concurrent use. */
public final class RunLookup {
    private final FindRun findRun;
    private final FindTempRun temporary;

    public RunLookup(FindRun findRun, FindTempRun temporary) {
        this.findRun = Objects.requireNonNull(findRun);
        this.temporary = Objects.requireNonNull(temporary);
    }

    /**
     * Finds a run.
     *
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, or {@code RUN_NOT_FOUND} while the request waits
     */
    FindRun.Found find(RequestKind kind, Context ctx) {
        return switch (kind) {
            case JOB -> findRun.find(RequestPath.id(ctx), kind);
            case TEMP -> temporary.run(RequestPath.id(ctx));
        };
    }

    /**
     * Finds a run of whatever kind.
     *
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, or {@code RUN_NOT_FOUND} while the request waits
     */
    FindRun.Found findAny(Context ctx) {
        return findRun.find(RequestPath.id(ctx));
    }
}
