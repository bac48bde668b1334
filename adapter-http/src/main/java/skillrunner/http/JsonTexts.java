package skillrunner.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import skillrunner.domain.problem.RefusedException;
import tools.jackson.databind.JsonNode;

/**
 * What a text in a request may hold. What could not be passed on as it is, to a file, a process or back to the client, is
 * refused instead of being changed on the way.
 */
final class JsonTexts {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Written out, a larger exponent than this would be a number of thousands of digits. */
    private static final int LARGEST_SCALE = 1_000;

    private JsonTexts() {}

    /** Decodes a body; a byte-order mark at its beginning is passed over. */
    static String decoded(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw RefusedException.invalid("", "the body is not encoded in UTF-8");
        }
    }

    static void refuseUnusable(JsonNode root) {
        refuseUnusable(root, new ArrayDeque<>());
    }

    /** The way to the node becomes a pointer only if something is wrong there: names may be long and nodes many. */
    private static void refuseUnusable(JsonNode node, Deque<String> way) {
        if (node.isString()) {
            refuseUnusable(node.stringValue(), way);
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LARGEST_SCALE) {
            throw RefusedException.invalid(pointer(way), "the number is out of range");
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                refuseUnusable(member.getKey(), way);
                way.addLast(member.getKey());
                refuseUnusable(member.getValue(), way);
                way.removeLast();
            }
        } else if (node.isArray()) {
            int at = 0;
            for (JsonNode item : node) {
                way.addLast(Integer.toString(at++));
                refuseUnusable(item, way);
                way.removeLast();
            }
        }
    }

    private static String pointer(Deque<String> way) {
        StringBuilder pointer = new StringBuilder();
        way.forEach(name -> pointer.append('/').append(name.replace("~", "~0").replace("/", "~1")));
        return pointer.toString();
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
}
