package skillrunner.domain.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the places in an engine's text that may be the JSON answer: the complete objects at its top level, in fenced blocks
 * or in prose. Nothing inside an array, inside a structure that is never closed or inside a block of thought counts, for a
 * part of an answer is no answer. Pure text rules in one pass; whether a candidate is JSON is the caller's to try. Used
 * once, by one thread.
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

    /** An answer of more characters is not looked at: 16 MiB. */
    public static final int MOST_CHARACTERS = 16 << 20;

    /** Of so many objects only the last ones are candidates; each may have to be judged. */
    public static final int MOST_CANDIDATES = 64;

    private static final Pattern FENCE = Pattern.compile("(`{3,}+)[ \\t]*+[\\w+.-]*+[ \\t]*+\\r?(?:\\n|\\z)");
    private static final String TICKS = "```";
    private static final String THOUGHT = "<think>";
    private static final String END_OF_THOUGHT = "</think>";
    private static final char ESCAPE = '\u001B';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private record Span(int from, int to) {}

    private final String text;
    private final Matcher fence;
    private final int lastThought;
    private final Deque<Span> found = new ArrayDeque<>();
    private final StringBuilder spoken = new StringBuilder();
    private int spokenFrom;
    private int objects;

    /** The first line at or behind the last structure that opens a fence. */
    private int upcomingFence = -1;

    /** Set by anything that is neither a candidate nor white space nor thought. */
    private boolean prose;

    /** Set when the rest of the text can't hold an answer. */
    private boolean over;

    private OutputCandidates(String text) {
        this.text = text;
        this.fence = FENCE.matcher(text);
        this.lastThought = text.lastIndexOf(END_OF_THOUGHT);
    }

    /**
     * Lists the candidates.
     *
     * @param text the engine's final text
     * @return the candidates in their order; the last one that fits is the answer
     */
    public static List<Candidate> in(String text) {
        return new OutputCandidates(text).candidates();
    }

    /**
     * Cuts the blocks of thought out of a text, by the same rules: a tag in a string or in a fence begins none.
     *
     * @param text what an agent said
     * @return what is left of it
     */
    public static String withoutThoughts(String text) {
        if (!text.contains(THOUGHT) && !text.contains(END_OF_THOUGHT)) {
            return text;
        }
        OutputCandidates read = new OutputCandidates(text);
        read.scan(0, text.length(), true);
        return read.spoken.append(text, read.spokenFrom, text.length()).toString();
    }

    private List<Candidate> candidates() {
        scan(0, text.length(), true);
        RepairLevel repair = prose || objects > 1 ? RepairLevel.DETERMINISTIC_GENERIC : RepairLevel.NONE;
        return found.stream()
                .map(span -> new Candidate(text.substring(span.from(), span.to()), repair))
                .toList();
    }

    /** Reads a part of the text: all of it, or what stands in one fence. */
    private void scan(int from, int to, boolean outside) {
        int at = from;
        while (at < to && !over) {
            char c = text.charAt(at);
            if ((c == '{' || c == '[') && (at == 0 || text.charAt(at - 1) != ESCAPE)) {
                at = structure(at, to, outside);
            } else if (c == '<' && outside && text.startsWith(THOUGHT, at) && startsLine(at, from)) {
                int end = text.indexOf(END_OF_THOUGHT, at);
                over = end < 0;
                spoken.append(text, spokenFrom, at);
                at = over ? text.length() : end + END_OF_THOUGHT.length();
                spokenFrom = at;
            } else if (c == '<' && outside && text.startsWith(END_OF_THOUGHT, at)) {
                // Some models are given the opening tag and answer with the closing one only.
                at = forgetThought(at);
            } else if (c == '`'
                    && outside
                    && startsLine(at, from)
                    && fence.region(at, to).lookingAt()) {
                prose = true;
                at = fenced(fence.end(), to, fence.group(1));
            } else {
                prose |= !Character.isWhitespace(c) && c != BYTE_ORDER_MARK;
                at++;
            }
        }
    }

    private int structure(int from, int to, boolean outside) {
        int bound = outside ? nextFence(from, to) : to;
        JsonShape.Followed followed = JsonShape.follow(text, from, bound);
        if (bound < to && isOpen(followed) && lastThought < from) {
            if (!mayHoldFences(from, followed)) {
                prose = true;
                return bound;
            }
            followed = JsonShape.follow(text, from, to);
        }
        switch (followed.end()) {
            case CLOSED -> {
                if (text.charAt(from) == '{') {
                    add(new Span(from, followed.next()));
                } else {
                    prose = true;
                }
            }
            case NOT_JSON -> prose = true;
            case NEVER, GARBAGE -> {
                prose = true;
                if (lastThought > from && lastThought < to) {
                    return forgetThought(lastThought);
                }
                if (followed.end() == JsonShape.End.GARBAGE && to == text.length()) {
                    return lastObject(from, to);
                }
            }
        }
        return followed.next();
    }

    private static boolean isOpen(JsonShape.Followed followed) {
        return followed.end() == JsonShape.End.NEVER || followed.end() == JsonShape.End.GARBAGE;
    }

    /**
     * A fence bounds what was begun in the prose before it and given up. An answer can hold fences only in a string that
     * runs over lines, as careless models write them; what stands in those is no answer.
     */
    private boolean mayHoldFences(int from, JsonShape.Followed followed) {
        return followed.overLine() && startsLine(from, 0);
    }

    /** Finds the next line that opens a fence. @return the end if there is none */
    private int nextFence(int from, int to) {
        if (upcomingFence < from) {
            int place = text.indexOf(TICKS, from);
            while (place >= 0
                    && !(startsLine(place, 0) && fence.region(place, to).lookingAt())) {
                place = text.indexOf(TICKS, place + TICKS.length());
            }
            upcomingFence = place < 0 ? to : place;
        }
        return upcomingFence;
    }

    /**
     * Garbage on the stream of a CLI hides nothing that is whole, stands on lines of its own and is the last thing said;
     * what was cut off is never that.
     *
     * @return where it begins, or the end
     */
    private int lastObject(int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int line = end;
        for (int tries = 0; tries < MOST_CANDIDATES; tries++) {
            line = text.lastIndexOf("\n{", line - 1);
            if (line < from) {
                return to;
            }
            JsonShape.Followed followed = JsonShape.follow(text, line + 1, to);
            if (followed.end() == JsonShape.End.CLOSED && followed.next() == end) {
                return line + 1;
            }
        }
        return to;
    }

    private int forgetThought(int tag) {
        found.clear();
        objects = 0;
        prose = false;
        spoken.setLength(0);
        spokenFrom = tag + END_OF_THOUGHT.length();
        return spokenFrom;
    }

    /** A fence bounds what is never closed in it. @return the place behind the fence */
    private int fenced(int from, int to, String ticks) {
        int close = text.indexOf(ticks, from);
        while (close >= 0 && close < to && !startsLine(close, from) && !endsLine(close + ticks.length(), to)) {
            close = text.indexOf(ticks, close + ticks.length());
        }
        boolean closed = close >= 0 && close < to;
        scan(from, closed ? close : to, false);
        return closed ? close + ticks.length() : to;
    }

    private void add(Span span) {
        objects++;
        if (found.size() == MOST_CANDIDATES) {
            found.removeFirst();
        }
        found.addLast(span);
    }

    /** Tells whether only blanks stand before a place in its line. */
    private boolean startsLine(int place, int from) {
        int i = place - 1;
        while (i >= from && (text.charAt(i) == ' ' || text.charAt(i) == '\t' || text.charAt(i) == BYTE_ORDER_MARK)) {
            i--;
        }
        return i < from || text.charAt(i) == '\n';
    }

    private boolean endsLine(int place, int to) {
        int i = place;
        while (i < to && (text.charAt(i) == ' ' || text.charAt(i) == '\t' || text.charAt(i) == '\r')) {
            i++;
        }
        return i >= to || text.charAt(i) == '\n';
    }
}
