package skillrunner.e2eclient.web;

import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The body of a form with files. What is typed stays in memory and is bounded, files go to a folder. Of several fields with one name
 * the last one counts.
 */
public final class FormBody {
    /** How large all that is typed may be together. */
    static final int MOST_TYPED_BYTES = 1 << 20;

    private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";
    private static final int IN_MEMORY_BYTES = 16 * 1024;

    private final Map<String, String> typed = new LinkedHashMap<>();
    private final Map<String, Part> files = new LinkedHashMap<>();

    private FormBody() {}

    /**
     * Reads a form.
     *
     * @param ctx the request
     * @param folder where files lie until the request is answered
     * @param mostBytes how large everything may be together
     * @return what came
     * @throws RefusedException if it is no such form, or too large
     */
    public static FormBody read(Context ctx, Path folder, long mostBytes) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("multipart/form-data")) {
            throw RefusedException.wrongType("multipart/form-data");
        }
        if (ctx.req().getContentLengthLong() > mostBytes) {
            throw RefusedException.tooLarge(mostBytes);
        }
        ctx.req()
                .setAttribute(
                        CONFIGURATION,
                        new MultipartConfigElement(folder.toString(), mostBytes, mostBytes, IN_MEMORY_BYTES));
        FormBody form = new FormBody();
        try {
            long bytes = 0;
            for (Part part : ctx.req().getParts()) {
                if (part.getSubmittedFileName() == null) {
                    bytes += part.getSize();
                    if (bytes > MOST_TYPED_BYTES) {
                        throw RefusedException.tooLarge(MOST_TYPED_BYTES);
                    }
                    form.typed.put(part.getName(), text(part));
                } else if (!part.getSubmittedFileName().isEmpty() || part.getSize() > 0) {
                    // Without a name and without content no file was chosen.
                    form.files.put(part.getName(), part);
                }
            }
            return form;
        } catch (ServletException | IllegalStateException | IOException e) {
            throw isTooLarge(e)
                    ? RefusedException.tooLarge(mostBytes)
                    : RefusedException.invalid("The form can't be read");
        }
    }

    private static boolean isTooLarge(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (words.contains("max length") || words.contains("max file size") || words.contains("maxlength")) {
                return true;
            }
        }
        return false;
    }

    private static String text(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns what was typed.
     *
     * @return the texts by the names of their fields
     */
    public Map<String, String> typed() {
        return Map.copyOf(typed);
    }

    /**
     * Returns the files that were chosen.
     *
     * @return the parts by the names of their fields
     */
    public Map<String, Part> files() {
        return Map.copyOf(files);
    }
}
