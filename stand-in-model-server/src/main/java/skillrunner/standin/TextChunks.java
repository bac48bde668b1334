package skillrunner.standin;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the pieces a model would stream. */
final class TextChunks {

    private static final int SMALLEST = 16;
    private static final int MOST = 40;

    private TextChunks() {}

    /** Never cuts a surrogate pair in two: half a character can't be encoded. */
    static List<String> of(String text) {
        int size = Math.max(SMALLEST, (text.length() + MOST - 1) / MOST);
        List<String> chunks = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + size, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            chunks.add(text.substring(from, to));
            from = to;
        }
        return chunks;
    }
}
