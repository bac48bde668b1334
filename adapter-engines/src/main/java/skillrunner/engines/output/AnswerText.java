package skillrunner.engines.output;

import java.util.Optional;
import skillrunner.domain.run.OutputCandidates;

/**
 * Puts the text of an engine's last message together from its pieces. A message without text takes nothing away from the
 * one before. Keeps at most {@link OutputCandidates#MOST_CHARACTERS}; of a longer message nothing. Not safe for concurrent
 * use.
 */
public final class AnswerText {
    private final StringBuilder text = new StringBuilder();
    private int lastPiece;
    private boolean ended;
    private boolean tooLarge;

    /** Makes an empty one. */
    public AnswerText() {}

    /** Says that the next piece begins another message. */
    public void endMessage() {
        ended = true;
    }

    /** Takes everything back: what was said before is not part of this turn. */
    public void forget() {
        text.setLength(0);
        lastPiece = 0;
        ended = false;
        tooLarge = false;
    }

    /**
     * Takes the next piece of the message.
     *
     * @param piece any text
     */
    public void append(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        beginIfEnded();
        if (tooLarge || text.length() + (long) piece.length() > OutputCandidates.MOST_CHARACTERS) {
            lose();
            return;
        }
        lastPiece = text.length();
        text.append(piece);
    }

    /**
     * Takes the piece that came last anew.
     *
     * @param piece what it is now
     */
    public void replaceLast(String piece) {
        text.setLength(lastPiece);
        append(piece);
    }

    /** Says that a piece of the message was too long to be read. */
    public void lose() {
        beginIfEnded();
        text.setLength(0);
        lastPiece = 0;
        tooLarge = true;
    }

    /**
     * Returns the text of the last message that has any.
     *
     * @return the text, or empty if nothing was said or it was too much
     */
    public Optional<String> text() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    /**
     * Tells whether the last message was too much to be kept.
     *
     * @return true if {@link #text()} is empty for that reason
     */
    public boolean isTooLarge() {
        return tooLarge;
    }

    private void beginIfEnded() {
        if (ended) {
            forget();
        }
    }
}
