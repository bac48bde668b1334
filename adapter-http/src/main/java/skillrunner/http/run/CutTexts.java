package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;

/**
 * A document in JSON whose long texts are cut while it is read, for who shows their beginnings: whoever reads a text holds it whole.
 * Neither a character nor an escape is cut in two, and an ellipsis stands where something is missing. Used by one thread.
 */
final class CutTexts extends InputStream {
    private static final byte[] MISSING = {(byte) 0xE2, (byte) 0x80, (byte) 0xA6};
    private static final int ESCAPED_CODE = 4;

    private final InputStream json;
    private final byte[] piece = new byte[64 * 1024];
    private int at;
    private int held;
    private final int longest;

    /** Bytes of the text under way; -1 outside of a text. */
    private int length = -1;

    /** Bytes that belong to the escape under way. */
    private int escape;

    private boolean begunEscape;
    private int missingAt = MISSING.length;

    /** The end of a text that was cut, which comes behind the ellipsis. */
    private boolean owesQuote;

    /**
     * Takes a document.
     *
     * @param json valid JSON in UTF-8; closed with this
     * @param longest a text is cut once it has so many bytes
     */
    CutTexts(InputStream json, int longest) {
        this.json = json;
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        if (missingAt < MISSING.length) {
            return MISSING[missingAt++] & 0xFF;
        }
        if (owesQuote) {
            owesQuote = false;
            return '"';
        }
        int next = next();
        if (next < 0 || length < 0) {
            length = next == '"' ? 0 : -1;
            return next;
        }
        if (length >= longest && isBorder(next)) {
            skip(next);
            missingAt = 1;
            owesQuote = true;
            length = -1;
            return MISSING[0] & 0xFF;
        }
        length++;
        follow(next);
        return next;
    }

    /** Millions of bytes are looked at one by one, which must not cost a lock each. */
    private int next() throws IOException {
        if (at == held) {
            held = json.read(piece);
            at = 0;
            if (held <= 0) {
                held = 0;
                return -1;
            }
        }
        return piece[at++] & 0xFF;
    }

    /** Whether a character or an escape ends before this byte. The text's own end is none: then nothing is missing. */
    private boolean isBorder(int next) {
        return escape == 0 && !begunEscape && next != '"' && (next & 0xC0) != 0x80;
    }

    /** Follows escapes and sees the end of the text. */
    private void follow(int next) {
        if (begunEscape) {
            begunEscape = false;
            escape = next == 'u' ? ESCAPED_CODE : 0;
        } else if (escape > 0) {
            escape--;
        } else if (next == '\\') {
            begunEscape = true;
        } else if (next == '"') {
            length = -1;
        }
    }

    /** Skips to the end of the text. */
    private void skip(int first) throws IOException {
        int next = first;
        boolean escaped = false;
        while (next >= 0 && (escaped || next != '"')) {
            escaped = !escaped && next == '\\';
            next = next();
        }
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int read = 0;
        while (read < count) {
            int next = read();
            if (next < 0) {
                break;
            }
            target[offset + read] = (byte) next;
            read++;
        }
        return read == 0 && count > 0 ? -1 : read;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
