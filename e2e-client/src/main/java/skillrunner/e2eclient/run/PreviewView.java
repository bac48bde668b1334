package skillrunner.e2eclient.run;

import java.util.Objects;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.VisibleText;
import tools.jackson.databind.JsonNode;

/**
 * The content of a file.
 *
 * @param path its path
 * @param text its content; empty if it can't be shown
 * @param note why it can't, or its size and encoding
 * @param shown whether it can be shown
 */
public record PreviewView(String path, String text, String note, boolean shown) {
    /** Refuses null parts. */
    public PreviewView {
        Objects.requireNonNull(path);
        Objects.requireNonNull(text);
        Objects.requireNonNull(note);
    }

    static PreviewView of(String path, JsonNode answer, Messages messages) {
        JsonNode preview = answer.path("preview");
        String mode = Json.string(preview, "mode").orElse("");
        return switch (mode) {
            case "text" ->
                new PreviewView(
                        VisibleText.of(path),
                        VisibleText.of(Json.string(preview, "content").orElse("")),
                        VisibleText.of(Json.string(preview, "meta").orElse("")),
                        true);
            case "binary", "too_large" ->
                new PreviewView(VisibleText.of(path), "", messages.text("preview." + mode), false);
            default -> throw BackendException.unusable("The server's preview of the file is none");
        };
    }
}
