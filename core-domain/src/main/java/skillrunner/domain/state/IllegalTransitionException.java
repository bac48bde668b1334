package skillrunner.domain.state;

/** Thrown when an event arrives in a state that has no row for it. The message names both. */
public final class IllegalTransitionException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    IllegalTransitionException(Enum<?> state, Enum<?> event) {
        super("no transition from " + state + " on " + event);
    }
}
