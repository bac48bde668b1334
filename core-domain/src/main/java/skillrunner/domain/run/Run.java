package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.InteractionTally;
import skillrunner.domain.skill.SkillId;

/**
 * One execution of a skill. A value: each change is a new one, and each change of status goes through {@link
 * RunLifecycle#TABLE}.
 *
 * @param id names the run and its folder
 * @param requestId the request that caused it
 * @param skill the skill
 * @param engine the engine
 * @param status where it stands
 * @param attempt number of the present or last turn, 0 before the first
 * @param fence grows each time a server takes the run; a write with an older fence is refused
 * @param lease who carries it out; empty while it is queued, once it has ended, and of an earlier version's runs
 * @param cancelRequested whether somebody asked for the end
 * @param failure why it failed or was canceled; present exactly in these two states
 * @param warnings stable words about the verdict, for example {@code OUTPUT_REPAIRED_GENERIC}, or about what may go
 *     wrong, for example {@code ENGINE_NOT_SIGNED_IN}
 * @param recovery what a restart did to it
 * @param interactions what it has asked its user
 * @param createdAt when it was admitted
 * @param updatedAt when anything here last changed
 */
public record Run(
        RunId id,
        RequestId requestId,
        SkillId skill,
        EngineId engine,
        RunStatus status,
        int attempt,
        long fence,
        Optional<Lease> lease,
        boolean cancelRequested,
        Optional<RunFailure> failure,
        List<String> warnings,
        Recovery recovery,
        InteractionTally interactions,
        Instant createdAt,
        Instant updatedAt) {

    /** Copies the collections and refuses a failure that does not fit the status. */
    public Run {
        Objects.requireNonNull(id);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(lease);
        Objects.requireNonNull(recovery);
        Objects.requireNonNull(interactions);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        warnings = List.copyOf(warnings);
        boolean unsuccessful = status == RunStatus.FAILED || status == RunStatus.CANCELED;
        if (unsuccessful != failure.isPresent()) {
            throw new IllegalArgumentException("status " + status + " with failure " + failure.isPresent());
        }
    }

    /**
     * A run that has asked nothing.
     *
     * @param id names the run and its folder
     * @param requestId the request that caused it
     * @param skill the skill
     * @param engine the engine
     * @param status where it stands
     * @param attempt number of the present or last turn, 0 before the first
     * @param fence grows each time a server takes the run
     * @param lease who carries it out
     * @param cancelRequested whether somebody asked for the end
     * @param failure why it failed or was canceled
     * @param warnings stable words
     * @param recovery what a restart did to it
     * @param createdAt when it was admitted
     * @param updatedAt when anything here last changed
     */
    public Run(
            RunId id,
            RequestId requestId,
            SkillId skill,
            EngineId engine,
            RunStatus status,
            int attempt,
            long fence,
            Optional<Lease> lease,
            boolean cancelRequested,
            Optional<RunFailure> failure,
            List<String> warnings,
            Recovery recovery,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                requestId,
                skill,
                engine,
                status,
                attempt,
                fence,
                lease,
                cancelRequested,
                failure,
                warnings,
                recovery,
                InteractionTally.NONE,
                createdAt,
                updatedAt);
    }

    /**
     * A run that waits for its first slot.
     *
     * @param id names the run
     * @param requestId the request that causes it
     * @param skill the skill
     * @param engine the engine
     * @param now when
     * @return the run
     */
    public static Run queued(RunId id, RequestId requestId, SkillId skill, EngineId engine, Instant now) {
        return new Run(
                id,
                requestId,
                skill,
                engine,
                RunLifecycle.TABLE.initial(),
                0,
                0,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                Recovery.NONE,
                now,
                now);
    }

    /**
     * Adds what may go wrong with the run. It stays with the run unless it succeeds, which proves it wrong.
     *
     * @param added words about it
     * @return the run with them
     */
    public Run warned(List<String> added) {
        return new Run(
                id,
                requestId,
                skill,
                engine,
                status,
                attempt,
                fence,
                lease,
                cancelRequested,
                failure,
                joined(warnings, added),
                recovery,
                interactions,
                createdAt,
                updatedAt);
    }

    /**
     * A server takes the run from the queue: the next attempt begins, and whoever held the run before can't write any more.
     *
     * @param claim the server's claim on the run
     * @param now when
     * @return the move
     */
    public RunChange taken(Lease claim, Instant now) {
        return moved(
                RunLifecycle.Event.TURN_STARTED, Optional.of(claim), failure, warnings, recovery, interactions, now);
    }

    /**
     * Another server goes on with the run where the one before it was; that one can't write any more.
     *
     * @param claim its claim on the run
     * @param now when
     * @return the run of the new owner
     */
    Run takenOver(Lease claim, Instant now) {
        return new Run(
                id,
                requestId,
                skill,
                engine,
                status,
                attempt,
                fence + 1,
                Optional.of(claim),
                cancelRequested,
                failure,
                warnings,
                recovery,
                interactions,
                createdAt,
                now);
    }

    /**
     * Somebody asks for the end of a run that somebody else carries out.
     *
     * @param now when
     * @return the run with the wish
     */
    Run wished(Instant now) {
        return new Run(
                id,
                requestId,
                skill,
                engine,
                status,
                attempt,
                fence,
                lease,
                true,
                failure,
                warnings,
                recovery,
                interactions,
                createdAt,
                now);
    }

    /**
     * Names the process of the present attempt in the environment of everything it starts.
     *
     * @return a text that no other process has
     */
    public String marker() {
        return id + "." + processAttempt();
    }

    /**
     * Names the attempt that started the process of the present one.
     *
     * @return the present attempt's number, or that of an earlier one whose engine has kept running since
     */
    public int processAttempt() {
        return interactions.keptFrom().orElse(attempt);
    }

    /**
     * Tells whether the engine keeps running while the run waits.
     *
     * @return true if it does, so that somebody has to look after it
     */
    public boolean keepsEngine() {
        return status == RunStatus.WAITING_USER && interactions.keptFrom().isPresent();
    }

    /**
     * Tells whether the present turn goes on with an engine that kept running, instead of starting one.
     *
     * @return true from the answer on
     */
    public boolean goesOnWithEngine() {
        return status == RunStatus.RUNNING
                && interactions.keptFrom().filter(from -> from < attempt).isPresent();
    }

    /**
     * Tells whether somebody has to carry the run out: it has a slot, and an owner.
     *
     * @return true while it works, and while its engine keeps running for an answer
     */
    public boolean isCarriedOut() {
        return status == RunStatus.RUNNING || keepsEngine();
    }

    /**
     * The engine closed its turn with a valid answer.
     *
     * @param warnings words about the verdict; they replace those about what might have gone wrong
     * @param now when
     * @return the move
     */
    public RunChange succeeded(List<String> warnings, Instant now) {
        return moved(RunLifecycle.Event.TURN_SUCCEEDED, Optional.empty(), warnings, recovery, now);
    }

    /**
     * The turn ended in another way.
     *
     * @param failure why
     * @param warnings words about the verdict
     * @param now when
     * @return the move
     */
    public RunChange failed(RunFailure failure, List<String> warnings, Instant now) {
        return moved(
                RunLifecycle.Event.TURN_FAILED, Optional.of(failure), joined(this.warnings, warnings), recovery, now);
    }

    /**
     * Somebody asked for the end, and it is reached.
     *
     * @param now when
     * @return the move
     */
    public RunChange canceled(Instant now) {
        return moved(
                RunLifecycle.Event.CANCELED_BY_USER,
                Optional.of(new RunFailure(RunFailureCode.CANCELED_BY_USER, "The run was canceled")),
                warnings,
                recovery,
                now);
    }

    /**
     * A restarted server found the engine's process, or the record of its end, and goes on.
     *
     * @param now when
     * @return the move
     */
    public RunChange reattached(Instant now) {
        return moved(RunLifecycle.Event.RESTART_PRESERVED, failure, warnings, Recovery.reattached(now), now);
    }

    /**
     * The engine's process vanished without leaving an exit record.
     *
     * @param failure why
     * @param now when
     * @return the move
     */
    public RunChange interrupted(RunFailure failure, Instant now) {
        return moved(RunLifecycle.Event.RESTART_INTERRUPTED, Optional.of(failure), warnings, Recovery.lost(now), now);
    }

    /**
     * The engine closed its turn with a question, and has ended.
     *
     * @param number names the question
     * @param now when
     * @return the move
     */
    public RunChange asked(int number, Instant now) {
        return asked(interactions.asked(number), now);
    }

    /**
     * The engine closed its turn with a question, and keeps running for the answer.
     *
     * @param number names the question
     * @param now when
     * @return the move
     */
    public RunChange askedAndKept(int number, Instant now) {
        return asked(interactions.asked(number).kept(attempt), now);
    }

    private RunChange asked(InteractionTally tally, Instant now) {
        return moved(RunLifecycle.Event.INPUT_NEEDED, lease, failure, warnings, recovery, tally, now);
    }

    /**
     * Its user answered: the next turn begins if the engine kept running, else the run is queued for it.
     *
     * @param now when
     * @return the move
     */
    public RunChange replied(Instant now) {
        return moved(
                keepsEngine() ? RunLifecycle.Event.REPLY_DELIVERED : RunLifecycle.Event.REPLY_ACCEPTED,
                lease,
                failure,
                warnings,
                recovery,
                interactions.closed(),
                now);
    }

    /**
     * Nobody answered in time, and it goes on with a decision made for its user, as with a reply.
     *
     * @param now when
     * @return the move
     */
    public RunChange autoDecided(Instant now) {
        return moved(
                keepsEngine() ? RunLifecycle.Event.AUTO_DECISION_DELIVERED : RunLifecycle.Event.AUTO_DECIDED,
                lease,
                failure,
                warnings,
                recovery,
                interactions.autoDecided(now),
                now);
    }

    /**
     * Nobody answered in time an engine that kept running, and it is ended.
     *
     * @param failure why
     * @param now when
     * @return the move
     */
    public RunChange waitExpired(RunFailure failure, Instant now) {
        return moved(RunLifecycle.Event.WAIT_EXPIRED, Optional.of(failure), warnings, recovery, now);
    }

    /**
     * The engine that kept running for an answer is gone.
     *
     * @param failure why
     * @param now when
     * @return the move
     */
    public RunChange engineLost(RunFailure failure, Instant now) {
        return moved(RunLifecycle.Event.PROCESS_LOST, Optional.of(failure), warnings, recovery, now);
    }

    /**
     * A restarted server found it waiting for its user, and so it goes on.
     *
     * @param now when
     * @return the move
     */
    public RunChange foundWaiting(Instant now) {
        return moved(
                RunLifecycle.Event.RESTART_PRESERVED,
                lease,
                failure,
                warnings,
                keepsEngine() ? Recovery.keptWaiting(now) : Recovery.waiting(now),
                interactions,
                now);
    }

    /**
     * A restarted server found it waiting for its user, and can't go on with it.
     *
     * @param now when
     * @return the move
     */
    public RunChange unresumable(Instant now) {
        return moved(
                RunLifecycle.Event.RESTART_INTERRUPTED,
                Optional.of(new RunFailure(
                        RunFailureCode.SESSION_RESUME_FAILED, "What takes the engine's conversation up again is lost")),
                warnings,
                Recovery.unresumable(now),
                now);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /**
     * Tells whether its end was asked for and has yet to come.
     *
     * @return true between the request and the end
     */
    public boolean isBeingCanceled() {
        return cancelRequested && !status.isTerminal();
    }

    /**
     * Leaves out what is long, for lists.
     *
     * @param maxMessage so much of a failure's message stays, in characters
     * @return the same run with a short failure
     */
    public Run briefly(int maxMessage) {
        if (failure.isEmpty()) {
            return this;
        }
        return new Run(
                id,
                requestId,
                skill,
                engine,
                status,
                attempt,
                fence,
                lease,
                cancelRequested,
                failure.map(it -> it.briefly(maxMessage)),
                warnings,
                recovery,
                interactions,
                createdAt,
                updatedAt);
    }

    private RunChange moved(
            RunLifecycle.Event event,
            Optional<RunFailure> newFailure,
            List<String> newWarnings,
            Recovery newRecovery,
            Instant now) {
        return moved(event, lease, newFailure, newWarnings, newRecovery, interactions.closed(), now);
    }

    private RunChange moved(
            RunLifecycle.Event event,
            Optional<Lease> newLease,
            Optional<RunFailure> newFailure,
            List<String> newWarnings,
            Recovery newRecovery,
            InteractionTally newInteractions,
            Instant now) {
        RunStatus next = RunLifecycle.TABLE.apply(status, event);
        boolean taken = event == RunLifecycle.Event.TURN_STARTED;
        boolean delivered =
                event == RunLifecycle.Event.REPLY_DELIVERED || event == RunLifecycle.Event.AUTO_DECISION_DELIVERED;
        boolean owned = next == RunStatus.RUNNING || next == RunStatus.WAITING_USER;
        return new RunChange(
                event,
                this,
                new Run(
                        id,
                        requestId,
                        skill,
                        engine,
                        next,
                        taken || delivered ? attempt + 1 : attempt,
                        taken ? fence + 1 : fence,
                        owned ? newLease : Optional.empty(),
                        cancelRequested || next == RunStatus.CANCELED,
                        newFailure,
                        newWarnings,
                        newRecovery,
                        newInteractions,
                        createdAt,
                        now));
    }
}
