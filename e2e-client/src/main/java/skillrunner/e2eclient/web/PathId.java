package skillrunner.e2eclient.web;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/** An id that stands in an address. What could not be one of the server's is not asked for. */
public final class PathId {
    /** Name of the parameter of a run's request. */
    public static final String REQUEST = "request_id";

    /** Name of the parameter of a skill. */
    public static final String SKILL = "skill_id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private PathId() {}

    /**
     * Reads the id of a run's request.
     *
     * @param ctx the request
     * @return the id
     * @throws RefusedException with 404 if it is none
     */
    public static String request(Context ctx) {
        return read(ctx, REQUEST, "There is no such run");
    }

    /**
     * Reads the id of a skill.
     *
     * @param ctx the request
     * @return the id
     * @throws RefusedException with 404 if it is none
     */
    public static String skill(Context ctx) {
        return read(ctx, SKILL, "There is no such skill");
    }

    /**
     * Tells whether a text could be an id.
     *
     * @param text the text
     * @return true if it could
     */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static String read(Context ctx, String name, String missing) {
        String id = ctx.pathParam(name);
        if (!isId(id)) {
            throw RefusedException.notFound(missing);
        }
        return id;
    }
}
