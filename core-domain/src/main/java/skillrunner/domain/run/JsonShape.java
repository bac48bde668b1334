package skillrunner.domain.run;

import java.util.Arrays;

/**
 * Follows one bracketed structure through a text: where a JSON object or array that begins at a bracket ends, or that it
 * never does. Forgiving about what models write beside JSON (comments, single quotes, a comma too many), for such a
 * structure must still not give up its inner parts. One pass, no recursion. Used once, by one thread.
 */
final class JsonShape {
    /** How the structure ends. */
    enum End {
        /** By the bracket that belongs to it. */
        CLOSED,
        /** By that bracket, but what stands in it is not JSON; or it is no structure at all, but prose. */
        NOT_JSON,
        /** Not at all: it was cut off. */
        NEVER,
        /** Not at all, and what stands in it is not JSON: it is garbage rather than something that was cut off. */
        GARBAGE
    }

    /**
     * How a structure ends, and from where to read on.
     *
     * @param end how it ends
     * @param next the first place behind it
     * @param overLine whether it is no JSON because a string in it runs over the end of a line, so that anything on the
     *     following lines may belong to the string
     */
    record Followed(End end, int next, boolean overLine) {}

    private enum Expected {
        KEY,
        COLON,
        VALUE,
        SEPARATOR
    }

    private final String text;
    private final int limit;
    /** For each level whether it is an object. */
    private boolean[] objects = new boolean[64];

    private int at;
    private int depth;
    private Expected expected = Expected.VALUE;
    private boolean keyQuoted;
    private boolean overLine;

    /** Set by a quoted key with its colon, which nobody writes into prose. */
    private boolean surelyJson;

    /** Where the string began that was read last; where to read on if it turns out to be none. */
    private int lastString = -1;

    private JsonShape(String text, int from, int limit) {
        this.text = text;
        this.at = from;
        this.limit = limit;
    }

    /**
     * Follows the structure that begins at a bracket.
     *
     * @param text the whole text
     * @param from the place of the bracket
     * @param limit where the text ends for this purpose
     * @return how it ends
     */
    static Followed follow(String text, int from, int limit) {
        return new JsonShape(text, from, limit).follow();
    }

    private Followed follow() {
        while (skipBlanks()) {
            char c = text.charAt(at);
            boolean fits =
                    switch (c) {
                        case '{', '[' -> open(c == '{');
                        case '}', ']' -> close(c == '}');
                        case ':' -> colon();
                        case ',' -> comma();
                        case '"', '\'' -> string(c);
                        default -> word();
                    };
            if (!fits) {
                return surelyJson
                        ? broken()
                        : new Followed(End.NOT_JSON, lastString >= 0 ? lastString + 1 : at, overLine);
            }
            if (depth == 0) {
                return new Followed(End.CLOSED, at, false);
            }
        }
        return new Followed(End.NEVER, limit, false);
    }

    private boolean open(boolean object) {
        if (expected != Expected.VALUE) {
            return false;
        }
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth] = object;
        depth++;
        expected = object ? Expected.KEY : Expected.VALUE;
        lastString = -1;
        at++;
        return true;
    }

    private boolean close(boolean object) {
        if (objects[depth - 1] != object || expected == Expected.COLON) {
            return false;
        }
        depth--;
        expected = Expected.SEPARATOR;
        lastString = -1;
        at++;
        return true;
    }

    private boolean colon() {
        if (expected != Expected.COLON) {
            return false;
        }
        surelyJson |= keyQuoted;
        expected = Expected.VALUE;
        lastString = -1;
        at++;
        return true;
    }

    private boolean comma() {
        if (expected != Expected.SEPARATOR) {
            return false;
        }
        expected = objects[depth - 1] ? Expected.KEY : Expected.VALUE;
        lastString = -1;
        at++;
        return true;
    }

    private boolean scalar(boolean quoted) {
        if (expected == Expected.KEY) {
            keyQuoted = quoted;
            expected = Expected.COLON;
            return true;
        }
        if (expected == Expected.VALUE) {
            expected = Expected.SEPARATOR;
            return true;
        }
        return false;
    }

    private boolean string(char quote) {
        int begin = at;
        if (!scalar(true)) {
            return false;
        }
        lastString = begin;
        for (at++; at < limit; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                at++;
                return true;
            } else if (c == '\n') {
                overLine = true;
                return false;
            }
        }
        at = limit;
        return true;
    }

    private boolean word() {
        int begin = at;
        while (at < limit && isWord(text.charAt(at))) {
            at++;
        }
        if (at == begin || !scalar(false)) {
            at = begin;
            return false;
        }
        lastString = -1;
        return true;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c == '+'
                || c == '-'
                || c == '.';
    }

    /** Skips white space and comments. @return false at the end */
    private boolean skipBlanks() {
        while (at < limit) {
            char c = text.charAt(at);
            if (c == '/' && (text.startsWith("//", at) || text.startsWith("/*", at))) {
                skipComment(text.charAt(at + 1) == '/' ? "\n" : "*/");
            } else if (Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment(String end) {
        at += 2;
        while (at < limit && !text.startsWith(end, at)) {
            at++;
        }
        at = Math.min(limit, at + end.length());
        // Whoever reads on from there must not read the comment again and again.
        lastString = -1;
    }

    /** What is surely meant as JSON and is none: only where it ends still matters. */
    private Followed broken() {
        boolean quoted = false;
        for (int i = at; i < limit; i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"' || c == '\n') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return new Followed(End.NOT_JSON, i + 1, overLine);
            }
        }
        return new Followed(End.GARBAGE, limit, overLine);
    }
}
