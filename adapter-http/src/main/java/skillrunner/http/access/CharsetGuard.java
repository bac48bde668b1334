package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Refuses requests that say their text is encoded in anything but UTF-8. The framework would read even the query by that word,
 * and fails over names it does not know; whoever guards a path or a body reads UTF-8.
 */
public final class CharsetGuard implements Handler {
    private static final Pattern CHARSET =
            Pattern.compile("(?<![\\w.-])charset\\s*+=\\s*+[\"']?+([^\"';,\\s]*+)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> READ = Set.of("utf-8", "utf8", "us-ascii");

    /** Makes the guard. */
    public CharsetGuard() {}

    @Override
    public void handle(Context ctx) {
        String type = ctx.header("Content-Type");
        if (type == null) {
            return;
        }
        Matcher charset = CHARSET.matcher(type);
        while (charset.find()) {
            if (!READ.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
                throw new RefusedException(
                        ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Text is read in UTF-8 and in no other charset");
            }
        }
    }
}
