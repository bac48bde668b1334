package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import skillrunner.application.run.result.RunArtifacts;

/** Kinds of pictures that hold nothing but points, told by their first bytes: a browser shows them and runs nothing. */
enum Picture {
    PNG("\u0089PNG\r\n", 0),
    JPEG("\u00ff\u00d8\u00ff", 0),
    GIF("GIF8", 0),
    WEBP("WEBP", 8);

    /** A larger one is only to be downloaded. */
    static final long MAX_BYTES = 16L << 20;

    private static final int FIRST_BYTES = 16;

    private final String mark;
    private final int at;

    Picture(String mark, int at) {
        this.mark = mark;
        this.at = at;
    }

    String type() {
        return "image/" + name().toLowerCase(Locale.ROOT);
    }

    /** Tells what a file is. @return empty if it is no picture that is shown */
    static Optional<Picture> of(RunArtifacts.Artifact artifact) {
        if (artifact.size() > MAX_BYTES) {
            return Optional.empty();
        }
        try (InputStream in = artifact.content().open()) {
            String first = new String(in.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
            for (Picture picture : values()) {
                if (first.startsWith(picture.mark, picture.at)) {
                    return Optional.of(picture);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            // It went away; there is nothing to show.
            return Optional.empty();
        }
    }
}
