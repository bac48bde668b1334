package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One turn of a run: one process of its engine, or a part of the life of one that keeps running between turns.
 *
 * @param runId the run
 * @param number counts from 1
 * @param startedAt when its process was ordered
 * @param hardDeadline when its process is ended by force
 * @param hardTimeoutSeconds the limit the deadline was made from
 * @param contract what its output is judged by; fixed at the start, so that a changed skill does not change the verdict
 * @param process who its process is, once it has been started and looked at
 * @param session what takes the engine's conversation up again, once the engine named it
 * @param stopReason why the server decided to end its process, if it did; stored before the first signal is sent
 * @param receipt proof of its output, once its last process ended
 * @param endedAt when that was
 * @param processesEnded how its processes ended, as far as somebody looked; empty before that
 * @param told what its engine told of its own work
 * @param kind how its engine takes an answer, should it ask
 */
public record Attempt(
        RunId runId,
        int number,
        Instant startedAt,
        Instant hardDeadline,
        int hardTimeoutSeconds,
        OutputContract contract,
        Optional<AgentProcess> process,
        Optional<String> session,
        Optional<RunFailureCode> stopReason,
        Optional<RunReceipt> receipt,
        Optional<Instant> endedAt,
        Optional<ProcessesEnded> processesEnded,
        EngineTold told,
        InteractiveProfile.Kind kind) {
    /** Refuses null parts. */
    public Attempt {
        Objects.requireNonNull(runId);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(hardDeadline);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(process);
        Objects.requireNonNull(session);
        Objects.requireNonNull(stopReason);
        Objects.requireNonNull(receipt);
        Objects.requireNonNull(endedAt);
        Objects.requireNonNull(processesEnded);
        Objects.requireNonNull(told);
        Objects.requireNonNull(kind);
    }

    /**
     * An attempt whose process is about to be ordered.
     *
     * @param runId the run
     * @param number its number
     * @param hardTimeoutSeconds how long it may take
     * @param contract what its output is judged by
     * @param now when
     * @return the attempt
     */
    public static Attempt starting(
            RunId runId, int number, int hardTimeoutSeconds, OutputContract contract, Instant now) {
        return new Attempt(
                runId,
                number,
                now,
                now.plusSeconds(hardTimeoutSeconds),
                hardTimeoutSeconds,
                contract,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                EngineTold.NOTHING,
                InteractiveProfile.Kind.RESUMABLE);
    }

    /**
     * Its engine keeps running for answers.
     *
     * @return the attempt with that
     */
    public Attempt keepingEngine() {
        return changed(next -> next.kind = InteractiveProfile.Kind.STICKY_PROCESS);
    }

    /**
     * Tells whether its engine is to keep running for the answer, should it ask.
     *
     * @return whether it is
     */
    public boolean keepsEngine() {
        return kind == InteractiveProfile.Kind.STICKY_PROCESS;
    }

    /**
     * Its process was started, or found.
     *
     * @param started who it is
     * @return the attempt after it
     */
    public Attempt runBy(AgentProcess started) {
        return changed(next -> next.process = Optional.of(started));
    }

    /**
     * The engine named its conversation.
     *
     * @param handle the name
     * @return the attempt after it
     */
    public Attempt inSession(String handle) {
        return changed(next -> next.session = Optional.of(handle));
    }

    /**
     * The server decides to end the process.
     *
     * @param reason why
     * @return the attempt after it
     */
    public Attempt stopping(RunFailureCode reason) {
        return changed(next -> next.stopReason = Optional.of(reason));
    }

    /**
     * The last process ended.
     *
     * @param proof proof of its output
     * @param now when
     * @return the attempt after it
     */
    public Attempt ended(RunReceipt proof, Instant now) {
        return changed(next -> {
            next.receipt = Optional.of(proof);
            next.endedAt = Optional.of(now);
        });
    }

    /**
     * Somebody looked at how its processes end, and ended what was left.
     *
     * @param more what that came to, after whatever was seen before
     * @return the attempt after it
     */
    public Attempt looked(ProcessesEnded more) {
        return changed(next -> next.processesEnded =
                Optional.of(processesEnded.map(before -> before.and(more)).orElse(more)));
    }

    /**
     * Its engine told of its own work.
     *
     * @param all all that it has told
     * @return the attempt after it
     */
    public Attempt told(EngineTold all) {
        return changed(next -> next.told = all);
    }

    private Attempt changed(Consumer<Parts> change) {
        Parts next = new Parts(this);
        change.accept(next);
        return next.attempt();
    }

    /** What a change leaves as it is need not be named by it. What is fixed at the start is not among it. */
    private static final class Parts {
        private final Attempt before;
        private Optional<AgentProcess> process;
        private Optional<String> session;
        private Optional<RunFailureCode> stopReason;
        private Optional<RunReceipt> receipt;
        private Optional<Instant> endedAt;
        private Optional<ProcessesEnded> processesEnded;
        private EngineTold told;
        private InteractiveProfile.Kind kind;

        Parts(Attempt before) {
            this.before = before;
            this.process = before.process;
            this.session = before.session;
            this.stopReason = before.stopReason;
            this.receipt = before.receipt;
            this.endedAt = before.endedAt;
            this.processesEnded = before.processesEnded;
            this.told = before.told;
            this.kind = before.kind;
        }

        Attempt attempt() {
            return new Attempt(
                    before.runId,
                    before.number,
                    before.startedAt,
                    before.hardDeadline,
                    before.hardTimeoutSeconds,
                    before.contract,
                    process,
                    session,
                    stopReason,
                    receipt,
                    endedAt,
                    processesEnded,
                    told,
                    kind);
        }
    }
}
