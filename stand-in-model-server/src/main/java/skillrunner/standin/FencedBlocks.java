package skillrunner.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds fenced code blocks in Markdown text. A block that is never closed doesn't count. */
final class FencedBlocks {

    private FencedBlocks() {}

    /** Returns the lines of the last block with this language tag, joined by line feeds. */
    static Optional<String> last(String markdown, String tag) {
        Optional<String> found = Optional.empty();
        List<String> block = new ArrayList<>();
        String openTag = "";
        int openFence = 0;
        for (String line : markdown.lines().toList()) {
            int fence = fenceLength(line);
            String rest = line.strip().substring(fence);
            if (openFence == 0) {
                if (fence > 0) {
                    openFence = fence;
                    openTag = rest.strip();
                    block.clear();
                }
            } else if (fence >= openFence && rest.isEmpty()) {
                if (openTag.equals(tag)) {
                    found = Optional.of(String.join("\n", block));
                }
                openFence = 0;
            } else {
                block.add(line);
            }
        }
        return found;
    }

    /** Counts the backticks that open the line; fewer than three are no fence. */
    private static int fenceLength(String line) {
        String text = line.strip();
        int length = 0;
        while (length < text.length() && text.charAt(length) == '`') {
            length++;
        }
        return length < 3 ? 0 : length;
    }
}
