package skillrunner.http.skill;

import io.javalin.http.Context;
import java.util.Optional;
import skillrunner.domain.run.RequestId;

/** What addresses below a skill name. */
final class SkillPath {
    private SkillPath() {}

    /** The id in the path, as the client gives it. */
    static String id(Context ctx) {
        return ctx.pathParam("skill_id");
    }

    /** The request in the query whose values fill a form, if one is named. */
    static Optional<RequestId> from(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("from")).flatMap(RequestId::parse);
    }
}
