package skillrunner.domain.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blocks in which an agent says how its question is to be shown, and cuts them out of what its user reads. */
public final class AskUserBlocks {
    /** Blocks with more characters are cut out and not read. */
    public static final int MOST_BLOCK = 32 * 1024;

    private static final Pattern OPENING = Pattern.compile(
            "<ASK_USER_YAML>|^[ \\t]*+(`{3,}+)[ \\t]*+ask[_-]user[_-]yaml[ \\t]*+\\r?$",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
    private static final String CLOSING_TAG = "</ASK_USER_YAML>";

    private AskUserBlocks() {}

    /**
     * A text without its blocks.
     *
     * @param rest what is left, without blanks around it
     * @param blocks the content of each block that is not too long, in their order
     */
    public record Cut(String rest, List<String> blocks) {
        /** Copies the list. */
        public Cut {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Cuts them out. A block that is never closed ends with the text.
     *
     * @param text what an agent said
     * @return the text without them, and they
     */
    public static Cut cut(String text) {
        StringBuilder rest = new StringBuilder();
        List<String> blocks = new ArrayList<>();
        Matcher opening = OPENING.matcher(text);
        int at = 0;
        while (at < text.length() && opening.find(at)) {
            rest.append(text, at, opening.start());
            String closing = opening.group(1) == null ? CLOSING_TAG : opening.group(1);
            int end = closing(text, closing, opening.end());
            int from = opening.end();
            int to = end < 0 ? text.length() : end;
            if (to - from <= MOST_BLOCK) {
                blocks.add(text.substring(from, to));
            }
            at = end < 0 ? text.length() : end + closing.length();
        }
        rest.append(text, Math.min(at, text.length()), text.length());
        return new Cut(rest.toString().strip(), blocks);
    }

    private static int closing(String text, String closing, int from) {
        if (closing.equals(CLOSING_TAG)) {
            for (int i = from; i + closing.length() <= text.length(); i++) {
                if (text.regionMatches(true, i, closing, 0, closing.length())) {
                    return i;
                }
            }
            return -1;
        }
        return text.indexOf("\n" + closing, from) < 0 ? -1 : text.indexOf("\n" + closing, from) + 1;
    }
}
