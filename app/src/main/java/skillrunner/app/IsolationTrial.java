package skillrunner.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.ProcessSettings;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.process.launch.RunIsolation;

/**
 * Finds out once what keeps the processes of runs together here, and says so in the log. Nobody waits for it but the first
 * run, so the start does not take longer. Safe for concurrent use.
 */
final class IsolationTrial {
    private static final Logger LOG = LoggerFactory.getLogger(IsolationTrial.class);

    private final FutureTask<RunIsolation> trial;

    IsolationTrial(ProcessSettings settings) {
        this.trial = new FutureTask<>(() -> {
            RunIsolation found = settings.pidNamespaces() ? RunIsolation.ofThisMachine() : RunIsolation.switchedOff();
            LOG.info(found.detail());
            return found;
        });
    }

    void begin(BackgroundTasks background) {
        background.submit("isolation-trial", trial);
    }

    /** Waits for the outcome, and tries at once if nobody has begun. */
    RunIsolation outcome() {
        trial.run();
        try {
            return trial.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it was found out what keeps runs together", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("it could not be found out what keeps runs together", e.getCause());
        }
    }
}
