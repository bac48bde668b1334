package skillrunner.workspace.budget;

/** Thrown when foreign code was given up; the message says which limit it met, in words for the author of the skill. */
public final class OverBudgetException extends Exception {
    private static final long serialVersionUID = 1L;

    OverBudgetException(String message) {
        super(message);
    }
}
