package skillrunner.application.json;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a value from outside may hold. What could not be passed on as it is, to a file, a process or back to the client, is refused
 * instead of being changed on the way.
 */
public final class ValueRules {
    /** Written out, a larger exponent than this would be a number of thousands of digits. */
    private static final int LARGEST_SCALE = 1_000;

    private ValueRules() {}

    /**
     * Looks at a text.
     *
     * @param text any text, also the name of a member
     * @return what is wrong with it; empty if it can be passed on
     */
    public static Optional<String> fault(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0) {
                return Optional.of("a text can't hold the character U+0000");
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of("a text holds half of a character (a lone surrogate)");
            }
        }
        return Optional.empty();
    }

    /**
     * Looks at a number.
     *
     * @param number any number
     * @return what is wrong with it; empty if it can be passed on
     */
    public static Optional<String> fault(BigDecimal number) {
        return Math.abs((long) number.scale()) > LARGEST_SCALE
                ? Optional.of("the number is out of range")
                : Optional.empty();
    }
}
