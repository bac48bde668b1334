package skillrunner.domain.engine;

import java.util.regex.Pattern;

/** What a CLI writes to colour its words and to move about on a terminal, and what stands between it. */
public final class TerminalColours {
    /** Bounded, for whoever writes them may be hostile. */
    private static final Pattern SEQUENCE = Pattern.compile("\\u001b\\[[0-9;?]{0,40}[A-Za-z]");

    private TerminalColours() {}

    /**
     * Takes them out, so that words begin and end where they seem to: the last sign of such a sequence is a letter.
     *
     * @param text what a CLI wrote
     * @return the same without them
     */
    public static String without(String text) {
        return SEQUENCE.matcher(text).replaceAll("");
    }
}
