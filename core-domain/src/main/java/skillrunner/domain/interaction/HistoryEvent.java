package skillrunner.domain.interaction;

import java.util.Locale;

/** What the history of a run's questions tells: each question, and for each what became of it. */
public enum HistoryEvent {
    /** A question was asked. */
    ASK_USER,
    /** It has an answer, of its user or for want of one, with which the run goes on. */
    REPLY,
    /** It was closed without an answer. */
    CLOSED;

    /**
     * Returns the name in files.
     *
     * @return lower case, for example {@code ask_user}
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
