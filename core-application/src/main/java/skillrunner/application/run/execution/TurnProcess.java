package skillrunner.application.run.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;

/**
 * The process of one attempt, and the attempt's row, in which everything is stored before something else depends on it. Used
 * by one thread.
 */
final class TurnProcess {
    private static final System.Logger LOG = System.getLogger(TurnProcess.class.getName());

    private final TurnProcesses shared;
    private final Run run;
    private final AttemptFiles files;
    private boolean mayHaveStarted;
    private @Nullable Attempt attempt;
    private boolean swept;
    private @Nullable AgentProcess kept;

    TurnProcess(TurnProcesses shared, Run run, boolean mayHaveStarted) {
        this.shared = shared;
        this.run = run;
        this.files = shared.files(run);
        this.mayHaveStarted = mayHaveStarted;
    }

    AttemptFiles files() {
        return files;
    }

    /** The attempt as it is stored; empty before the start, and if its row is lost. */
    Optional<Attempt> attempt() {
        return Optional.ofNullable(attempt);
    }

    boolean mayHaveStarted() {
        return mayHaveStarted;
    }

    AgentProcesses.State look() {
        if (!mayHaveStarted) {
            return new AgentProcesses.State.NotStarted();
        }
        if (attempt == null) {
            attempt = shared.attempts.find(run.id(), run.attempt()).orElse(null);
            if (attempt != null && attempt.process().isEmpty()) {
                remember(shared.processes.find(files, run.marker()));
            }
        }
        return shared.processes.state(process());
    }

    void start(TurnPreparation.Prepared prepared) {
        save(prepared.attempt());
        // From here on a process may exist, whatever becomes of the call.
        mayHaveStarted = true;
        remember(shared.processes.launch(prepared.order()));
        LOG.log(System.Logger.Level.INFO, "run run_id={0} attempt={1} launched", run.id(), run.attempt());
    }

    /** Begins a turn of an engine that kept running. */
    void goOn(TurnContinuation.Continued continued) {
        // Who the process is stands in the attempt's row before it is told anything.
        save(continued.attempt());
        shared.processes.say(files, line(), continued.line());
        LOG.log(System.Logger.Level.INFO, "run run_id={0} attempt={1} told its engine", run.id(), run.attempt());
    }

    /** Whether the engine that kept running was told what this turn goes on with. */
    boolean isTold() {
        return shared.processes.isSaid(files, line());
    }

    /** The prompt of the attempt that started the process was the first line. */
    private int line() {
        return run.attempt() - run.processAttempt() + 1;
    }

    /** Tells an engine that keeps running nothing more, so that it ends. */
    void hangUp() {
        shared.processes.hangUp(files);
    }

    /** What the process writes from there on belongs to the next attempt. */
    void endTurn(OutputPosition end) {
        shared.endTurn(run, end);
    }

    /** Stored before the first signal is sent; the first reason stays. */
    void decideToStop(RunFailureCode reason) {
        if (attempt != null && attempt.stopReason().isEmpty()) {
            save(attempt.stopping(reason));
        }
    }

    /** The engine named its conversation. Stored before anything is judged by it, and only if it is another name. */
    void inSession(String handle) {
        if (attempt != null && attempt.session().filter(handle::equals).isEmpty()) {
            save(attempt.inSession(handle));
        }
    }

    /** Ends every process. @return how many could not be ended */
    int stop() {
        return looked(shared.processes.stop(process()));
    }

    /** Ends every process at once. @return how many could not be ended */
    int kill() {
        return looked(shared.processes.kill(process()));
    }

    /** What its processes hold. The count may end once there are more than enough. */
    AgentProcesses.Usage usage(long enough) {
        return shared.processes.usage(process(), enough);
    }

    /** How long its processes have computed; empty where the machine can't tell. */
    Optional<Duration> cpuTime() {
        return shared.processes.cpuTime(process());
    }

    /** Ends what the process left behind after its end; once. */
    void sweep() {
        if (swept) {
            return;
        }
        int left = looked(shared.processes.sweep(process()));
        // Only now: what was left behind would go on writing behind the receipt.
        swept = true;
        if (left > 0) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0}: {1} processes left behind", run.id(), left);
        }
    }

    /** What the engine told of its work; stored with the receipt, or at once if that is there already. */
    void heard(EngineTold told) {
        if (attempt == null || attempt.told().equals(told)) {
            return;
        }
        Attempt changed = attempt.told(told);
        if (changed.receipt().isPresent()) {
            save(changed);
        } else {
            attempt = changed;
        }
    }

    void proven(RunReceipt receipt, Instant now) {
        if (attempt != null) {
            save(attempt.ended(receipt, now));
        }
    }

    /** Ended processes are nowhere to be found again, so they are stored at once; nothing at all is stored with the receipt. */
    private int looked(ProcessesEnded seen) {
        if (attempt != null) {
            Attempt changed = attempt.looked(seen);
            if (seen.last().isPresent() && !changed.equals(attempt)) {
                save(changed);
            } else {
                attempt = changed;
            }
        }
        return seen.left();
    }

    /** Stored before anything else happens: from then on no file has to be asked who is to be followed and ended. */
    private void remember(Optional<AgentProcess> started) {
        if (attempt != null && started.isPresent()) {
            save(attempt.runBy(started.get()));
        }
    }

    private void save(Attempt changed) {
        shared.attempts.save(changed);
        attempt = changed;
    }

    private AttemptProcess process() {
        if (attempt == null && kept == null && run.processAttempt() != run.attempt()) {
            kept = shared.attempts
                    .find(run.id(), run.processAttempt())
                    .flatMap(Attempt::process)
                    .orElse(null);
        }
        return new AttemptProcess(
                files, run.marker(), attempt().flatMap(Attempt::process).or(() -> Optional.ofNullable(kept)));
    }
}
