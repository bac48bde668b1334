package skillrunner.http.page;

import skillrunner.http.WireFormat;

/** Values that a page hands to its script, inside a script element of its own. */
public final class ScriptData {
    private ScriptData() {}

    /**
     * Writes a value so that nothing in it can end the element, whatever a stranger said.
     *
     * @param value what the wire format knows how to write
     * @return JSON without angle brackets and ampersands
     */
    public static String of(Object value) {
        return WireFormat.mapper()
                .writeValueAsString(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }
}
