package skillrunner.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import skillrunner.application.json.ValueRules;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.RefusedException;
import tools.jackson.databind.JsonNode;

/** Reads the text of a request, and holds what it says to {@link ValueRules}. */
final class JsonTexts {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

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
        } else if (node.isBigDecimal()) {
            ValueRules.fault(node.decimalValue()).ifPresent(fault -> {
                throw refused(way, fault);
            });
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

    private static void refuseUnusable(String text, Deque<String> way) {
        ValueRules.fault(text).ifPresent(fault -> {
            throw refused(way, fault);
        });
    }

    private static RefusedException refused(Deque<String> way, String fault) {
        return RefusedException.invalid(JsonPointer.of(way), fault);
    }
}
