package skillrunner.engines.output;

/** Follows a JSON object over several lines to its end. Not safe for concurrent use. */
public final class JsonDepth {
    /** Where an object stands after a line. */
    public enum Standing {
        /** It goes on in the next line. */
        OPEN,
        /** It ended with this line. */
        CLOSED,
        /** It is none. */
        BROKEN
    }

    private int depth;
    private boolean inString;
    private boolean escaped;

    /** Makes one that has seen nothing. */
    public JsonDepth() {}

    /**
     * Follows the next line. Says nothing of whether all of it is JSON.
     *
     * @param bytes holds the line without its end
     * @param offset where it begins
     * @param length its length in bytes
     * @return where the object stands
     */
    public Standing follow(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = b == '\\';
                inString = b != '"';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            if (depth <= 0) {
                return isBlank(bytes, i + 1, offset + length) ? Standing.CLOSED : Standing.BROKEN;
            }
        }
        // No string goes over the end of a line.
        return inString ? Standing.BROKEN : Standing.OPEN;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
