package skillrunner.application.file;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A file as a person may look at it.
 *
 * @param mode whether there is something to look at
 * @param content the text, without byte order mark; empty unless the mode is {@link Mode#TEXT}
 * @param size bytes of the file
 * @param encoding name of the encoding the text is in; empty unless the mode is {@link Mode#TEXT}
 */
public record FilePreview(Mode mode, Optional<String> content, long size, Optional<String> encoding) {
    /** A file over so many bytes is not shown. */
    public static final int MAX_BYTES = 262_144;

    /** Whether a file can be looked at. */
    public enum Mode {
        /** It is text. */
        TEXT,
        /** It is no text, or in an unknown encoding. */
        BINARY,
        /** It is too large to be shown, whatever it is. */
        TOO_LARGE;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses null parts, and a text without content. */
    public FilePreview {
        Objects.requireNonNull(mode);
        Objects.requireNonNull(encoding);
        if (content.isPresent() != (mode == Mode.TEXT)) {
            throw new IllegalArgumentException("only a text has content, and every text has");
        }
    }

    /**
     * A text.
     *
     * @param content the text
     * @param size bytes of the file
     * @param encoding what the text is in
     * @return the preview
     */
    public static FilePreview text(String content, long size, String encoding) {
        return new FilePreview(Mode.TEXT, Optional.of(content), size, Optional.of(encoding));
    }

    /**
     * A file that is no text.
     *
     * @param size its bytes
     * @return the preview
     */
    public static FilePreview binary(long size) {
        return new FilePreview(Mode.BINARY, Optional.empty(), size, Optional.empty());
    }

    /**
     * A file that is too large.
     *
     * @param size its bytes
     * @return the preview
     */
    public static FilePreview tooLarge(long size) {
        return new FilePreview(Mode.TOO_LARGE, Optional.empty(), size, Optional.empty());
    }
}
