package skillrunner.http;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.InputStream;
import java.util.Locale;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** The one file of a {@code multipart/form-data} body. */
public final class MultipartFile {
    private static final String PART = "file";

    private MultipartFile() {}

    /**
     * Opens the part {@code file}.
     *
     * @param ctx the request
     * @return its bytes, to be closed by the caller
     * @throws RefusedException with {@code CONTENT_TYPE_UNSUPPORTED} for another content type, or {@code
     *     REQUEST_INVALID} without such a part
     */
    public static InputStream open(Context ctx) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("multipart/form-data")) {
            throw new RefusedException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "The body must be multipart/form-data");
        }
        UploadedFile file = ctx.uploadedFile(PART);
        if (file == null) {
            throw RefusedException.invalid("/" + PART, "a file part with this name is required");
        }
        return file.content();
    }
}
