package skillrunner.application.signin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody brings back from a provider's page: a code, or the address (or the query of the address) to which the browser was
 * sent.
 *
 * @param code the code
 * @param state the state that came with it; empty for a bare code
 */
public record PastedAnswer(String code, Optional<String> state) {
    private static final int MOST_CHARACTERS = 8 << 10;
    private static final int HEX = 16;

    /** Refuses an empty code. */
    public PastedAnswer {
        Objects.requireNonNull(state);
        if (code.isEmpty()) {
            throw new IllegalArgumentException("a code is empty");
        }
    }

    /**
     * Reads what somebody typed. A text with white space inside, an address without a code, and one that tells of an error are
     * no answers. A bare code is taken as it is; only if it was copied out of an address, and shows it by an encoded slash or
     * equals sign, is it decoded, and a plus sign stays one.
     *
     * @param typed what was typed
     * @return the answer, or empty if it is none
     */
    public static Optional<PastedAnswer> read(String typed) {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        boolean address = text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
        if (address
                || text.startsWith("?")
                || text.startsWith("#")
                || text.startsWith("code=")
                || text.startsWith("state=")
                || text.startsWith("error=")) {
            return ofParameters(parameters(text, address));
        }
        return decodedIfEncoded(text)
                .filter(code -> !code.isEmpty())
                .map(code -> new PastedAnswer(code, Optional.empty()));
    }

    private static Optional<PastedAnswer> ofParameters(Map<String, String> parameters) {
        if (parameters.containsKey("error")) {
            return Optional.empty();
        }
        return Optional.ofNullable(parameters.get("code"))
                .filter(code -> !code.isEmpty())
                .map(code -> new PastedAnswer(
                        code, Optional.ofNullable(parameters.get("state")).filter(state -> !state.isEmpty())));
    }

    /** Those of the query and those behind the fragment's sign; the first of a name counts. */
    private static Map<String, String> parameters(String text, boolean address) {
        int question = text.indexOf('?');
        int fragment = text.indexOf('#');
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!address && question < 0 && fragment < 0) {
            collect(text, parameters);
        }
        if (question >= 0 && (fragment < 0 || question < fragment)) {
            collect(text.substring(question + 1, fragment < 0 ? text.length() : fragment), parameters);
        }
        if (fragment >= 0) {
            collect(text.substring(fragment + 1), parameters);
        }
        return parameters;
    }

    private static void collect(String query, Map<String, String> parameters) {
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                decoded(part.substring(equals + 1))
                        .ifPresent(value -> parameters.putIfAbsent(part.substring(0, equals), value));
            }
        }
    }

    private static Optional<String> decodedIfEncoded(String code) {
        String upper = code.toUpperCase(Locale.ROOT);
        return upper.contains("%2F") || upper.contains("%3D") ? decoded(code.replace("+", "%2B")) : Optional.of(code);
    }

    /** As the parts of a query are written. Pure, so that the core needs nothing of the network for it. */
    private static Optional<String> decoded(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        int at = 0;
        while (at < value.length()) {
            int sign = value.codePointAt(at);
            if (sign == '%') {
                int high = at + 3 <= value.length() ? Character.digit(value.charAt(at + 1), HEX) : -1;
                int low = at + 3 <= value.length() ? Character.digit(value.charAt(at + 2), HEX) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high * HEX + low);
                at += 3;
            } else {
                bytes.writeBytes(Character.toString(sign == '+' ? ' ' : sign).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(sign);
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
