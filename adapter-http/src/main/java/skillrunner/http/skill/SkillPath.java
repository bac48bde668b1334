package skillrunner.http.skill;

import io.javalin.http.Context;
import java.util.Optional;

/** What addresses below a skill name. */
final class SkillPath {
    private SkillPath() {}

    /** The id in the path, as the client gives it. */
    static String id(Context ctx) {
        return ctx.pathParam("skill_id");
    }

    /** The file in the query. A missing one is as good as a blank one, which the browser of files refuses. */
    static String file(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("path")).orElse("");
    }
}
