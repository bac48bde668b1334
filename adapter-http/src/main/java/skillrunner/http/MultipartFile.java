package skillrunner.http;

import io.javalin.http.Context;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Bodies;

/** The files of a {@code multipart/form-data} body. A route that takes one is registered with {@code Load.UPLOAD}. */
public final class MultipartFile {
    private static final String PART = "file";

    private MultipartFile() {}

    /**
     * Opens the part {@code file}.
     *
     * @param ctx the request
     * @return its bytes, to be closed by the caller
     * @throws RefusedException as {@link #open(Context, String)} does
     */
    public static InputStream open(Context ctx) {
        return open(ctx, PART);
    }

    /**
     * Opens a part that must be there.
     *
     * @param ctx the request
     * @param part its name
     * @return its bytes, to be closed by the caller
     * @throws RefusedException with {@code CONTENT_TYPE_UNSUPPORTED} for another content type, or {@code
     *     REQUEST_INVALID} without such a part, or with an empty one
     */
    public static InputStream open(Context ctx, String part) {
        return find(ctx, part)
                .orElseThrow(() -> RefusedException.invalid("/" + part, "a file part with this name is required"));
    }

    /**
     * Reads a switch, which is a text part of the body or a parameter of the query.
     *
     * @param ctx the request
     * @param name its name
     * @return false if it is not there
     * @throws RefusedException with {@code REQUEST_INVALID} if it is neither true nor false
     */
    public static boolean flag(Context ctx, String name) {
        String value = Bodies.textPart(ctx, name)
                .or(() -> Optional.ofNullable(ctx.queryParam(name)))
                .orElse("false")
                .strip();
        if (!value.equals("true") && !value.equals("false")) {
            throw RefusedException.invalid("/" + name, "must be true or false");
        }
        return value.equals("true");
    }

    /**
     * Opens a part that may be there.
     *
     * @param ctx the request
     * @param part its name
     * @return its bytes, to be closed by the caller, or empty; a part without a name and without content, as a form sends it
     *     if no file was chosen, counts as absent
     * @throws RefusedException with {@code CONTENT_TYPE_UNSUPPORTED} for another content type, or {@code REQUEST_INVALID} for
     *     an empty file
     */
    public static Optional<InputStream> find(Context ctx, String part) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("multipart/form-data")) {
            throw new RefusedException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "The body must be multipart/form-data");
        }
        return Bodies.upload(ctx, part);
    }
}
