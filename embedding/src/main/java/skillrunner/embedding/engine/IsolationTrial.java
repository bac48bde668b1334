package skillrunner.embedding.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.embedding.settings.ProcessSettings;
import skillrunner.process.launch.RunIsolation;

/**
 * Finds out once what keeps the processes of runs together here, and says so in the log. Nobody waits for it but the first
 * run and whoever asks, so the start does not take longer. Safe for concurrent use.
 */
public final class IsolationTrial {
    private static final Logger LOG = LoggerFactory.getLogger(IsolationTrial.class);

    private final ProcessSettings settings;
    private final ReentrantLock trying = new ReentrantLock();
    private volatile @Nullable RunIsolation found;

    /**
     * Tries nothing yet.
     *
     * @param settings how processes are kept together
     */
    public IsolationTrial(ProcessSettings settings) {
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Has it tried after a while, so that whoever asks first need not wait.
     *
     * @param background where
     * @param delay how long after now
     */
    public void begin(BackgroundTasks background, Duration delay) {
        background.submitAfter(delay, "isolation-trial", this::outcome);
    }

    /**
     * Waits for the outcome, and tries at once if nobody has begun. A trial that came to no end is made again.
     *
     * @return what keeps the processes of a run together
     */
    public RunIsolation outcome() {
        RunIsolation known = found;
        if (known != null) {
            return known;
        }
        trying.lock();
        try {
            known = found;
            if (known == null) {
                known = tried();
                found = known;
            }
            return known;
        } finally {
            trying.unlock();
        }
    }

    private RunIsolation tried() {
        if (!settings.pidNamespaces()) {
            RunIsolation chosen = RunIsolation.switchedOff();
            LOG.info(chosen.detail());
            return chosen;
        }
        RunIsolation outcome = RunIsolation.ofThisMachine();
        switch (outcome.kind()) {
            case PID_NAMESPACE -> LOG.info(outcome.detail());
            case PROCESS_TREE -> LOG.warn(outcome.detail());
        }
        return outcome;
    }
}
