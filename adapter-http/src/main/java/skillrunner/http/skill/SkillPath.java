package skillrunner.http.skill;

import io.javalin.http.Context;

/** What addresses below a skill name. */
final class SkillPath {
    private SkillPath() {}

    /** The id in the path, as the client gives it. */
    static String id(Context ctx) {
        return ctx.pathParam("skill_id");
    }
}
