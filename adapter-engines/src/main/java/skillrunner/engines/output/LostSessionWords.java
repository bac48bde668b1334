package skillrunner.engines.output;

import java.util.regex.Pattern;
import skillrunner.domain.engine.TerminalColours;

/** The words with which CLIs say that they can't take a conversation up again. */
public final class LostSessionWords {
    private static final Pattern WORDS = Pattern.compile(
            "\\b(?:session|conversation)s?\\b[^\\n]{0,120}\\b(?:not found|does not exist|doesn't exist|expired)\\b"
                    + "|\\b(?:no|invalid)\\s(?:previous\\s|saved\\s)?(?:session|conversation)s?\\b"
                    + "(?:\\sid(?:entifier)?\\b|\\s(?:was\\s|were\\s)?found\\b)"
                    + "|\\bno rollout found\\b|\\bthread/resume failed\\b",
            Pattern.CASE_INSENSITIVE);

    private LostSessionWords() {}

    /**
     * Looks for them.
     *
     * @param text the end of what a CLI wrote
     * @return whether they are in it
     */
    public static boolean in(String text) {
        return WORDS.matcher(TerminalColours.without(text)).find();
    }
}
