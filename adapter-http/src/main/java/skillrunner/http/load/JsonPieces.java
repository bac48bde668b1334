package skillrunner.http.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.http.WireFormat;
import tools.jackson.core.io.JsonStringEncoder;

/** A JSON object that is written while it is read, so that its long members are never in memory whole. Used by one thread. */
public final class JsonPieces {
    private final List<InputStream> pieces = new ArrayList<>();
    private char before = '{';

    /** Begins an empty object. */
    public JsonPieces() {}

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value anything that has a form in JSON
     * @return this
     */
    public JsonPieces member(String name, @Nullable Object value) {
        name(name);
        return text(WireFormat.mapper().writeValueAsString(value));
    }

    /**
     * Adds a member whose value is JSON already.
     *
     * @param name its name
     * @param json the value, a JSON document in UTF-8
     * @return this
     */
    public JsonPieces json(String name, InputStream json) {
        name(name);
        pieces.add(json);
        return this;
    }

    /**
     * Adds a member whose value is a text. Bytes that are no UTF-8 become replacement characters.
     *
     * @param name its name
     * @param utf8 the text
     * @return this
     */
    public JsonPieces text(String name, InputStream utf8) {
        name(name);
        text("\"");
        pieces.add(new Escaped(utf8));
        return text("\"");
    }

    /**
     * Ends the object.
     *
     * @return the document in UTF-8; closing it closes what was added
     */
    public InputStream stream() {
        text(before == '{' ? "{}" : "}");
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    private void name(String name) {
        text(before + WireFormat.mapper().writeValueAsString(name) + ":");
        before = ',';
    }

    private JsonPieces text(String text) {
        pieces.add(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** A text as it stands inside a JSON string. */
    private static final class Escaped extends InputStream {
        private static final int PIECE_CHARACTERS = 4 * 1024;

        private final Reader text;
        private final char[] characters = new char[PIECE_CHARACTERS];
        private byte[] escaped = new byte[0];
        private int at;

        Escaped(InputStream utf8) {
            // A decoder never ends a piece between the two halves of a character.
            this.text = new InputStreamReader(utf8, StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            return isMore() ? escaped[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!isMore()) {
                return -1;
            }
            int count = Math.min(length, escaped.length - at);
            System.arraycopy(escaped, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean isMore() throws IOException {
            while (at == escaped.length) {
                int count = text.read(characters);
                if (count < 0) {
                    return false;
                }
                escaped = JsonStringEncoder.getInstance().quoteAsUTF8(new String(characters, 0, count));
                at = 0;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
