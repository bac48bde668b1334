package skillrunner.mcp.tool;

import java.util.LinkedHashMap;
import java.util.Map;

/** Plain values, as JSON is read into. */
final class Plain {
    private Plain() {}

    /** An object whose values may be null, which the JDK's types have no word for here. */
    static Map<String, Object> object(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> copy.put(String.valueOf(name), member));
        return copy;
    }
}
