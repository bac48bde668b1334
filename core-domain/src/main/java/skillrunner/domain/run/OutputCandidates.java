package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the places in an engine's text that may be the JSON answer. Pure text rules; whether a candidate is JSON is the
 * caller's to try, in the given order.
 */
public final class OutputCandidates {

    /**
     * A piece of text that may be the answer.
     *
     * @param text the piece
     * @param repair what was done to get it
     */
    public record Candidate(String text, RepairLevel repair) {
        /** Refuses null parts. */
        public Candidate {
            Objects.requireNonNull(text);
            Objects.requireNonNull(repair);
        }
    }

    /** Enough for any real answer; keeps a hostile text of many braces from costing quadratic time. */
    private static final int MAX_BLOCKS = 64;

    /** Possessive and without a tail, so that a hostile text of many blanks costs linear time. */
    private static final Pattern FENCE =
            Pattern.compile("```[ \\t]*+([A-Za-z0-9_-]*+)[ \\t]*+\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern DONE_MARKER =
            Pattern.compile("\\\\?\"__SKILL_DONE__\\\\?\"\\s*:\\s*true", Pattern.CASE_INSENSITIVE);

    private OutputCandidates() {}

    /**
     * Lists the candidates: the text itself, then fenced blocks, then balanced {@code {...}} blocks. A block that holds
     * the done marker comes before the other blocks.
     *
     * @param text the engine's final text
     * @return the candidates, best first
     */
    public static List<Candidate> in(String text) {
        List<Candidate> found = new ArrayList<>();
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return found;
        }
        found.add(new Candidate(trimmed, RepairLevel.NONE));
        Matcher fences = FENCE.matcher(trimmed);
        while (fences.find() && found.size() < MAX_BLOCKS) {
            String tag = fences.group(1).toLowerCase(Locale.ROOT);
            if (tag.isEmpty() || tag.startsWith("json")) {
                found.add(repaired(fences.group(2).strip()));
            }
        }
        List<Candidate> blocks = new ArrayList<>();
        for (String block : balancedBlocks(trimmed)) {
            blocks.add(repaired(block));
        }
        blocks.stream().filter(block -> marked(block.text())).forEach(found::add);
        blocks.stream().filter(block -> !marked(block.text())).forEach(found::add);
        return found;
    }

    private static Candidate repaired(String text) {
        return new Candidate(text, RepairLevel.DETERMINISTIC_GENERIC);
    }

    private static boolean marked(String text) {
        return DONE_MARKER.matcher(text).find();
    }

    /**
     * Outermost blocks only; a quote inside a block hides braces up to the closing quote. A brace that is never closed hides
     * what it may contain, but not a block that begins a later line.
     */
    private static List<String> balancedBlocks(String text) {
        List<String> blocks = new ArrayList<>();
        int from = text.indexOf('{');
        for (int tries = 0; from >= 0 && tries < MAX_BLOCKS; tries++) {
            int end = endOfBlock(text, from);
            if (end < 0) {
                int line = text.indexOf("\n{", from);
                from = line < 0 ? -1 : line + 1;
            } else {
                blocks.add(text.substring(from, end));
                from = text.indexOf('{', end);
            }
        }
        return blocks;
    }

    private static int endOfBlock(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
