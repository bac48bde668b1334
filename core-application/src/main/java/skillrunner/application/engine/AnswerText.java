package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.OutputCandidates;

/**
 * Puts the text of an engine's last message together from its pieces. A message without text takes nothing away from the
 * one before. Keeps at most {@link OutputCandidates#MOST_CHARACTERS}; of a longer message nothing. Not safe for concurrent
 * use.
 */
final class AnswerText {
    private final StringBuilder text = new StringBuilder();
    private int lastPiece;
    private boolean ended;
    private boolean interrupted;
    private boolean tooLarge;
    private @Nullable String message;
    private @Nullable String part;

    /** Takes the next message, or the next piece of one. */
    void take(EngineEvent.Message said) {
        String nextMessage = said.id().orElse(null);
        String nextPart = said.part().orElse(null);
        boolean unnamed = nextMessage == null && message == null;
        if (said.extent() == EngineEvent.Message.Extent.WHOLE
                || !Objects.equals(nextMessage, message)
                || (interrupted && unnamed)) {
            endMessage();
        }
        interrupted = false;
        if (said.text().isEmpty()) {
            lose();
        } else if (nextPart != null && nextPart.equals(part)) {
            text.setLength(lastPiece);
            append(said.text().get());
        } else {
            append(said.text().get());
        }
        message = nextMessage;
        part = nextPart;
    }

    /** Says that something came between; a piece of a message without a name begins another one then. */
    void interrupt() {
        interrupted = true;
    }

    /** Says that the next piece begins another message. */
    void endMessage() {
        ended = true;
    }

    /** Takes everything back: what was said before is not part of this turn. */
    void forget() {
        text.setLength(0);
        lastPiece = 0;
        ended = false;
        interrupted = false;
        tooLarge = false;
    }

    /** Returns the text of the last message that has any; empty if nothing was said or it was too much. */
    Optional<String> text() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    /** Tells whether the last message was too much to be kept, so that {@link #text()} is empty for that reason. */
    boolean isTooLarge() {
        return tooLarge;
    }

    /** Tells whether nothing was said. */
    boolean isEmpty() {
        return text.isEmpty() && !tooLarge;
    }

    private void append(String piece) {
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

    private void lose() {
        beginIfEnded();
        text.setLength(0);
        lastPiece = 0;
        tooLarge = true;
    }

    private void beginIfEnded() {
        if (ended) {
            forget();
        }
    }
}
