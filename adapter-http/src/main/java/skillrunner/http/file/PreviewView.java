package skillrunner.http.file;

import java.util.Locale;
import java.util.Objects;
import skillrunner.application.file.FilePreview;
import skillrunner.http.page.Messages;
import skillrunner.http.page.VisibleText;

/**
 * A file as a page shows it.
 *
 * @param path where it lies
 * @param mode wire name of whether it can be shown
 * @param text its text, or empty
 * @param note why there is no text; empty if there is one
 * @param meta size and encoding
 * @param rich the text as its kind is read best
 * @param image address of the picture that the file is; empty if it is none
 * @param download address under which the file can be had; empty if it can't
 */
public record PreviewView(
        String path,
        String mode,
        String text,
        String note,
        String meta,
        RichContent rich,
        String image,
        String download) {
    /** Refuses null parts. */
    public PreviewView {
        Objects.requireNonNull(path);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(text);
        Objects.requireNonNull(note);
        Objects.requireNonNull(meta);
        Objects.requireNonNull(rich);
        Objects.requireNonNull(image);
        Objects.requireNonNull(download);
    }

    /**
     * Shows a file.
     *
     * @param path where it lies
     * @param preview what it says
     * @param messages the texts
     * @return what a page shows
     */
    public static PreviewView of(String path, FilePreview preview, Messages messages) {
        String encoding = preview.encoding()
                .map(name -> " · " + name.toUpperCase(Locale.ROOT))
                .orElse("");
        return new PreviewView(
                VisibleText.of(path),
                preview.mode().wire(),
                preview.content()
                        .map(text -> VisibleText.of(text.replace("\r\n", "\n")))
                        .orElse(""),
                switch (preview.mode()) {
                    case TEXT -> preview.size() == 0 ? messages.text("preview.empty") : "";
                    case BINARY -> messages.text("preview.binary");
                    case TOO_LARGE -> messages.text("preview.too_large");
                },
                messages.size(preview.size()) + encoding,
                RichContent.NOTHING,
                "",
                "");
    }

    /**
     * The same with what its kind is read best as, and where it can be had.
     *
     * @param content the text as its kind is read best
     * @param picture address of the picture that it is, or empty
     * @param address where it can be had, or empty
     * @return what a page shows
     */
    public PreviewView with(RichContent content, String picture, String address) {
        return new PreviewView(path, mode, text, note, meta, content, picture, address);
    }
}
