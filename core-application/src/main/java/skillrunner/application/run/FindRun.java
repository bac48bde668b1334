package skillrunner.application.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Stall;

/** Looks a run up by the request that a client holds. Safe for concurrent use. */
public final class FindRun {
    private final Runs runs;
    private final Attempts attempts;
    private final RunStalls stalls;

    public FindRun(Runs runs, Attempts attempts, RunStalls stalls) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.stalls = Objects.requireNonNull(stalls);
    }

    /**
     * Finds the run of a request.
     *
     * @param id the request
     * @return the run
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, or {@code RUN_NOT_FOUND} while the request waits for files
     */
    public Found find(RequestId id) {
        return found(runs.findRequest(id));
    }

    /**
     * Finds the run of a request of one kind.
     *
     * @param id the request
     * @param kind its kind; a request of another one is not found
     * @return the run
     * @throws RefusedException as {@link #find(RequestId)} does
     */
    public Found find(RequestId id, RequestKind kind) {
        return found(runs.findRequest(id).filter(request -> request.kind() == kind));
    }

    private Found found(Optional<RunRequest> stored) {
        RunRequest request =
                stored.orElseThrow(() -> new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "Request not found"));
        Run run = request.runId()
                .flatMap(runs::find)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.RUN_NOT_FOUND, "Run not found: the request is waiting for its files"));
        return new Found(request, run);
    }

    /**
     * Finds a request that waits for its files.
     *
     * @param id the request
     * @return the request, or empty if there is none or its run was started
     */
    public Optional<AwaitingRequest> awaiting(RequestId id) {
        return runs.findRequest(id).filter(request -> request.runId().isEmpty()).map(AwaitingRequest::of);
    }

    /**
     * Finds why a run says nothing.
     *
     * @param run the run
     * @return what its engine is likely to wait for; empty unless it works and is silent
     */
    public Optional<Stall> stall(Run run) {
        return stalls.of(run);
    }

    /**
     * Finds the proof of a run's output.
     *
     * @param run the run
     * @return the receipt, or empty while the run works
     */
    public Optional<RunReceipt> receipt(Run run) {
        return lastAttempt(run).flatMap(Attempt::receipt);
    }

    /**
     * Finds the attempt that a run ended with.
     *
     * @param run the run
     * @return its newest attempt, or empty while the run works and if nothing was ever started for it
     */
    public Optional<Attempt> lastAttempt(Run run) {
        return run.status().isTerminal() ? attempts.newest(run.id(), run.attempt()) : Optional.empty();
    }

    /**
     * Finds everything there is to know of a run but its output.
     *
     * @param id the request
     * @return the run in full
     * @throws RefusedException as {@link #find(RequestId)} does
     */
    public RunDetails details(RequestId id) {
        return details(find(id));
    }

    /**
     * Finds everything there is to know of a run but its output, if there is one.
     *
     * @param id the request
     * @return the run in full, or empty if there is no such request or it still waits for something
     */
    public Optional<RunDetails> begun(RequestId id) {
        return runs.findRequest(id)
                .flatMap(request -> request.runId().flatMap(runs::find).map(run -> new Found(request, run)))
                .map(this::details);
    }

    private RunDetails details(Found found) {
        Run run = found.run();
        List<Attempt> all = IntStream.rangeClosed(1, run.attempt())
                .mapToObj(number -> attempts.find(run.id(), number))
                .flatMap(Optional::stream)
                .toList();
        Optional<Attempt> newest = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        Optional<Attempt> present = newest.filter(attempt -> attempt.number() == run.attempt());
        Optional<Attempt> last = newest.filter(attempt -> run.status().isTerminal());
        return new RunDetails(
                found.request(),
                run,
                present.flatMap(Attempt::process).map(AgentProcess::isolation),
                RunMilestone.of(run, all),
                last.flatMap(Attempt::receipt),
                last.flatMap(Attempt::processesEnded),
                present.map(Attempt::told).orElse(EngineTold.NOTHING),
                all);
    }

    /**
     * A run with the request a client asked about.
     *
     * @param request the request
     * @param run the run that serves it
     */
    public record Found(RunRequest request, Run run) {}
}
