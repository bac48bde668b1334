package skillrunner.domain.interaction;

import java.util.Arrays;
import java.util.Locale;

/** Who took a decision, and what follows for the question. */
public enum DecidedBy {
    /** Its user, by a reply. */
    USER_REPLY(InteractionLifecycle.Event.REPLIED),
    /** The server, since nobody replied in time. */
    AUTO_DECIDE_TIMEOUT(InteractionLifecycle.Event.AUTO_DECIDED),
    /** The time: it was over, and a reply was required. */
    WAIT_TIMEOUT(InteractionLifecycle.Event.WAIT_EXPIRED),
    /** Whoever canceled the run. */
    CANCEL(InteractionLifecycle.Event.RUN_CANCELED),
    /** The run, which could not go on. */
    INTERRUPTION(InteractionLifecycle.Event.RUN_INTERRUPTED);

    private final InteractionLifecycle.Event event;

    DecidedBy(InteractionLifecycle.Event event) {
        this.event = event;
    }

    /**
     * Returns what such a decision is to the question.
     *
     * @return the event
     */
    public InteractionLifecycle.Event event() {
        return event;
    }

    /**
     * Returns what the history of the run's questions calls it.
     *
     * @return whether there was an answer
     */
    public HistoryEvent historyEvent() {
        return InteractionLifecycle.TABLE.apply(InteractionStatus.PENDING, event) == InteractionStatus.ANSWERED
                ? HistoryEvent.REPLY
                : HistoryEvent.CLOSED;
    }

    /**
     * Returns the name on the wire and in the database.
     *
     * @return lower case, for example {@code user_reply}
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name that we wrote ourselves.
     *
     * @param text the name
     * @return who it names
     * @throws IllegalArgumentException for a name that is none of ours
     */
    public static DecidedBy of(String text) {
        return Arrays.stream(values())
                .filter(by -> by.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody decides as: " + text));
    }
}
