package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a command ended, read backwards from the end of its line. The output of the command can't forge it: inside of a
 * string a quote has a backslash before it, so what looks like the members behind the output is them. Whatever stands
 * there in another form is left to the parser.
 *
 * @param status in codex's words
 * @param exitCode the exit code, if there is one
 */
record CodexCommandEnding(String status, OptionalInt exitCode) {
    private static final byte[] CLOSE = "\"}}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATUS = ",\"status\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIT_CODE = "\",\"exit_code\":".getBytes(StandardCharsets.US_ASCII);
    private static final String NONE = "null";
    private static final int LONGEST_WORD = 32;

    /** More digits are left to the parser. */
    private static final int LONGEST_NUMBER = 9;

    /** Finds it in front of the end of a line. */
    static Optional<CodexCommandEnding> of(byte[] bytes, int end) {
        int statusEnd = end - CLOSE.length;
        int statusFrom = wordBefore(bytes, statusEnd);
        int numberEnd = statusFrom - STATUS.length;
        int numberFrom = wordBefore(bytes, numberEnd);
        int outputEnd = numberFrom - EXIT_CODE.length;
        if (!stands(bytes, statusEnd, CLOSE)
                || !stands(bytes, numberEnd, STATUS)
                || !stands(bytes, outputEnd, EXIT_CODE)) {
            return Optional.empty();
        }
        String number = text(bytes, numberFrom, numberEnd);
        if (number.equals(NONE)) {
            return Optional.of(new CodexCommandEnding(text(bytes, statusFrom, statusEnd), OptionalInt.empty()));
        }
        OptionalInt code = number(number);
        return code.isEmpty()
                ? Optional.empty()
                : Optional.of(new CodexCommandEnding(text(bytes, statusFrom, statusEnd), code));
    }

    private static OptionalInt number(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - from;
        if (digits < 1 || digits > LONGEST_NUMBER) {
            return OptionalInt.empty();
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /** Where the letters, digits, dashes and underscores before a place begin. */
    private static int wordBefore(byte[] bytes, int end) {
        int from = end;
        while (from > 0 && end - from < LONGEST_WORD && end <= bytes.length && isWord(bytes[from - 1])) {
            from--;
        }
        return from;
    }

    private static boolean isWord(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
    }

    private static boolean stands(byte[] bytes, int at, byte[] text) {
        if (at < 0 || at + text.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
}
