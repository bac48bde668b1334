package skillrunner.workspace.json;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.concurrent.CancellationException;

/**
 * The state of one check, which ends once its thread is interrupted: the validator itself looks for no interrupt, and a small
 * schema whose references multiply has it take more steps than can ever be made. Used by one thread.
 */
final class InterruptibleCheck extends ExecutionContext {
    InterruptibleCheck(ExecutionConfig config) {
        super(config);
    }

    /** Called for each keyword of each schema that is applied. */
    @Override
    public void evaluationPathAddLast(String step) {
        endIfInterrupted();
        super.evaluationPathAddLast(step);
    }

    @Override
    public void evaluationPathAddLast(int step) {
        endIfInterrupted();
        super.evaluationPathAddLast(step);
    }

    private static void endIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the check was given up");
        }
    }
}
