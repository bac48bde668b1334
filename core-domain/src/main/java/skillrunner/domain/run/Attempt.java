package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                session,
                stopReason,
                receipt,
                endedAt,
                processesEnded,
                told,
                InteractiveProfile.Kind.STICKY_PROCESS);
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
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                Optional.of(started),
                session,
                stopReason,
                receipt,
                endedAt,
                processesEnded,
                told,
                kind);
    }

    /**
     * The engine named its conversation.
     *
     * @param handle the name
     * @return the attempt after it
     */
    public Attempt inSession(String handle) {
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                Optional.of(handle),
                stopReason,
                receipt,
                endedAt,
                processesEnded,
                told,
                kind);
    }

    /**
     * The server decides to end the process.
     *
     * @param reason why
     * @return the attempt after it
     */
    public Attempt stopping(RunFailureCode reason) {
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                session,
                Optional.of(reason),
                receipt,
                endedAt,
                processesEnded,
                told,
                kind);
    }

    /**
     * The last process ended.
     *
     * @param proof proof of its output
     * @param now when
     * @return the attempt after it
     */
    public Attempt ended(RunReceipt proof, Instant now) {
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                session,
                stopReason,
                Optional.of(proof),
                Optional.of(now),
                processesEnded,
                told,
                kind);
    }

    /**
     * Somebody looked at how its processes end, and ended what was left.
     *
     * @param more what that came to, after whatever was seen before
     * @return the attempt after it
     */
    public Attempt looked(ProcessesEnded more) {
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                session,
                stopReason,
                receipt,
                endedAt,
                Optional.of(processesEnded.map(before -> before.and(more)).orElse(more)),
                told,
                kind);
    }

    /**
     * Its engine told of its own work.
     *
     * @param all all that it has told
     * @return the attempt after it
     */
    public Attempt told(EngineTold all) {
        return new Attempt(
                runId,
                number,
                startedAt,
                hardDeadline,
                hardTimeoutSeconds,
                contract,
                process,
                session,
                stopReason,
                receipt,
                endedAt,
                processesEnded,
                all,
                kind);
    }
}
