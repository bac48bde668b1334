package skillrunner.http.engine;

import io.javalin.http.Context;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** The engine that an address names. */
final class EnginePath {
    private EnginePath() {}

    /** Reads the engine of the path; spelling counts. */
    static EngineId engine(Context ctx, Engines engines) {
        return EngineId.parse(ctx.pathParam("engine"))
                .filter(engines.known()::contains)
                .orElseThrow(() -> new RefusedException(ErrorCode.ENGINE_NOT_FOUND, "There is no engine of this name"));
    }
}
