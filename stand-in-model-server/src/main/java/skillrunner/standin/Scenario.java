package skillrunner.standin;

/**
 * Decides what the model answers; knows nothing of any vendor's wire format.
 *
 * <p>One scenario serves many conversations at once, so implementations are safe for concurrent use. An exception thrown
 * by a scenario reaches the CLI as HTTP 500 with the exception's message.
 */
@FunctionalInterface
public interface Scenario {

    /**
     * Answers one model request.
     *
     * @param turn what the CLI asked
     * @return what the CLI gets back
     */
    Answer answer(ModelTurn turn);
}
