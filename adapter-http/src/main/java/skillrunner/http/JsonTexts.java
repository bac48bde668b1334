package skillrunner.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        refuseUnusable(root, "");
    }

    private static void refuseUnusable(JsonNode node, String pointer) {
        if (node.isString()) {
            refuseUnusable(node.stringValue(), pointer);
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LARGEST_SCALE) {
            throw RefusedException.invalid(pointer, "the number is out of range");
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                refuseUnusable(member.getKey(), pointer);
                refuseUnusable(
                        member.getValue(),
                        pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"));
            }
        } else if (node.isArray()) {
            int at = 0;
            for (JsonNode item : node) {
                refuseUnusable(item, pointer + "/" + at++);
            }
        }
    }

    private static void refuseUnusable(String text, String pointer) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0) {
                throw RefusedException.invalid(pointer, "a text can't hold the character U+0000");
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                throw RefusedException.invalid(pointer, "a text holds half of a character (a lone surrogate)");
            }
        }
    }
}
