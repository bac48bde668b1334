package skillrunner.http.load;

import java.nio.ByteBuffer;

/**
 * Estimates how much memory a body needs once it is parsed, while it comes. Ten bytes of text stay ten, but ten bytes of brackets
 * become five objects. The numbers are measured, twice over for the tree and the plain values made of it, and rounded up. Used by
 * one thread at a time.
 */
final class BodyWeight {
    /** The bytes, their text and its copy. */
    private static final long EACH_BYTE = 4;

    private static final long EACH_OBJECT = 250;
    private static final long EACH_ARRAY = 170;
    private static final long EACH_VALUE = 75;
    private static final long EACH_FIELD = 250;

    private final boolean form;
    private boolean inText;
    private boolean escaped;
    private long weight;

    /**
     * Begins.
     *
     * @param form whether the body is a form; else it is JSON
     */
    BodyWeight(boolean form) {
        this.form = form;
    }

    /** Looks at bytes without taking them. */
    void add(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at++) {
            weight += EACH_BYTE + (form ? inForm(bytes.get(at)) : inJson(bytes.get(at)));
        }
    }

    /** Bytes of memory for what came so far. */
    long bytes() {
        return weight;
    }

    private static long inForm(byte b) {
        return b == '&' ? EACH_FIELD : 0;
    }

    private long inJson(byte b) {
        if (inText) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inText = false;
            }
            return 0;
        }
        return switch (b) {
            case '"' -> {
                inText = true;
                yield 0;
            }
            case '{' -> EACH_OBJECT;
            case '[' -> EACH_ARRAY;
            case ',', ':' -> EACH_VALUE;
            default -> 0;
        };
    }
}
