package skillrunner.http.terminal;

import java.util.Map;
import java.util.Objects;
import skillrunner.http.WireFormat;
import skillrunner.http.page.Messages;

/**
 * What the page that shows a terminal is given.
 *
 * @param document what its script is given, as JSON that can stand inside a script element
 */
public record TerminalView(String document) {
    private static final String WORDS = "terminal.frame.";

    /** Refuses null parts. */
    public TerminalView {
        Objects.requireNonNull(document);
    }

    static TerminalView of(String ticket, String nonce, Messages messages) {
        String json = WireFormat.mapper()
                .writeValueAsString(Map.of("ticket", ticket, "style_nonce", nonce, "texts", messages.below(WORDS)));
        return new TerminalView(
                json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
    }
}
