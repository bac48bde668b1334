package skillrunner.mcp.tool;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.RefusedException;

/** Plain values, as JSON is read into. */
final class Plain {
    /** Written out, a larger exponent than this would be a number of thousands of digits. */
    private static final int LARGEST_SCALE = 1_000;

    private Plain() {}

    /** An object whose values may be null, which the JDK's types have no word for here. */
    static Map<String, Object> object(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> copy.put(String.valueOf(name), member));
        return copy;
    }

    /**
     * Refuses what could not be passed on as it is, to a file, a process or back to the client.
     *
     * @throws RefusedException that names the place
     */
    static void refuseUnusable(@Nullable Object value) {
        refuseUnusable(value, new ArrayDeque<>());
    }

    private static void refuseUnusable(@Nullable Object value, Deque<String> way) {
        if (value instanceof String text) {
            refuseUnusable(text, way);
        } else if (value instanceof BigDecimal number && Math.abs((long) number.scale()) > LARGEST_SCALE) {
            throw RefusedException.invalid(pointer(way), "the number is out of range");
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> {
                refuseUnusable(String.valueOf(name), way);
                way.addLast(String.valueOf(name));
                refuseUnusable(member, way);
                way.removeLast();
            });
        } else if (value instanceof Iterable<?> list) {
            int at = 0;
            for (Object item : list) {
                way.addLast(Integer.toString(at++));
                refuseUnusable(item, way);
                way.removeLast();
            }
        }
    }

    private static void refuseUnusable(String text, Deque<String> way) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0) {
                throw RefusedException.invalid(pointer(way), "a text can't hold the character U+0000");
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                throw RefusedException.invalid(pointer(way), "a text holds half of a character (a lone surrogate)");
            }
        }
    }

    private static String pointer(Deque<String> way) {
        StringBuilder pointer = new StringBuilder();
        way.forEach(name -> pointer.append(Findings.pointer(name)));
        return pointer.toString();
    }
}
