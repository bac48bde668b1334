package skillrunner.http.file;

import io.javalin.http.Context;
import java.util.Optional;

/** The file that an address names. */
public final class FileQuery {
    private FileQuery() {}

    /**
     * Reads the file in the query. A missing one is as good as a blank one, which whoever looks for files refuses.
     *
     * @param ctx the request
     * @return the path, as the client gives it
     */
    public static String path(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("path")).orElse("");
    }
}
