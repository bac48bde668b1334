package skillrunner.http.terminal;

import java.util.Map;
import java.util.Objects;
import skillrunner.http.page.Messages;
import skillrunner.http.page.ScriptData;

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
        return new TerminalView(
                ScriptData.of(Map.of("ticket", ticket, "style_nonce", nonce, "texts", messages.below(WORDS))));
    }
}
