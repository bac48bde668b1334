package skillrunner.application.run.result;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.interaction.ExpireInteractions;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.InteractiveProfiles;
import skillrunner.application.run.interaction.ShowInteractions;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.temporary.RemoveTempSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.CompletionPolicy;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.WaitingPolicy;
import skillrunner.domain.skill.ExecutionMode;

/**
 * Ends a run: result file, audit, cache, temporary skill, status, in this order, so that whoever sees the final status finds the rest. May
 * be repeated after a crash. Safe for concurrent use.
 */
public final class RunConclusion {
    private static final System.Logger LOG = System.getLogger(RunConclusion.class.getName());

    /** Among the warnings of a run that left more files than are named. */
    private static final String ARTIFACTS_TRUNCATED = "ARTIFACTS_TRUNCATED";

    private final Runs runs;
    private final Attempts attempts;
    private final RunCache cache;
    private final CacheKeys keys;
    private final SkillStore skills;
    private final RunRecords records;
    private final RunArtifacts artifacts;
    private final Interactions interactions;
    private final ShowInteractions show;
    private final ExpireInteractions deadlines;
    private final InteractiveProfiles profiles;
    private final RemoveTempSkill temporary;
    private final KeepJournal journal;
    private final Clock clock;

    public RunConclusion(
            Runs runs,
            Attempts attempts,
            RunCache cache,
            CacheKeys keys,
            SkillStore skills,
            RunRecords records,
            RunArtifacts artifacts,
            Interactions interactions,
            ShowInteractions show,
            ExpireInteractions deadlines,
            InteractiveProfiles profiles,
            RemoveTempSkill temporary,
            KeepJournal journal,
            Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.cache = Objects.requireNonNull(cache);
        this.keys = Objects.requireNonNull(keys);
        this.skills = Objects.requireNonNull(skills);
        this.records = Objects.requireNonNull(records);
        this.artifacts = Objects.requireNonNull(artifacts);
        this.interactions = Objects.requireNonNull(interactions);
        this.show = Objects.requireNonNull(show);
        this.deadlines = Objects.requireNonNull(deadlines);
        this.profiles = Objects.requireNonNull(profiles);
        this.temporary = Objects.requireNonNull(temporary);
        this.journal = Objects.requireNonNull(journal);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Ends a run that is carried out, or lets it ask its user. A verdict comes too late if the end of the run was asked for meanwhile: then the run is canceled.
     *
     * @param run the run as last stored
     * @param request its request, unless its record is lost
     * @param verdict how it is judged
     * @param attempt its attempt, with the receipt if a process was started
     * @return false if nothing was stored, since the run was moved or taken meanwhile, or since its end was asked for while its engine
     *     keeps running, which has to be ended first
     */
    public boolean conclude(Run run, Optional<RunRequest> request, Verdict verdict, Optional<Attempt> attempt) {
        boolean asks = verdict instanceof Verdict.Asks;
        boolean recorded = asks
                ? ask(run, request.orElseThrow(), (Verdict.Asks) verdict, attempt.orElseThrow())
                : record(run, request, verdict, attempt);
        if (recorded || (asks && attempt.filter(Attempt::keepsEngine).isPresent())) {
            return recorded;
        }
        return wished(run)
                .filter(wished -> record(wished, request, new Verdict.Canceled(), attempt))
                .isPresent();
    }

    /** Stores the question with the status. @return false as {@link #record} does */
    private boolean ask(Run run, RunRequest request, Verdict.Asks asks, Attempt attempt) {
        QuestionRules.Asked asked = asks.asked();
        Instant now = clock.instant();
        Interaction question = Interaction.asked(
                        run.interactions().next(asked.number()),
                        attempt.number(),
                        asked.question(),
                        now,
                        WaitingPolicy.deadline(request.options(), attempt.keepsEngine(), now))
                .about(asks.command());
        RunChange change =
                attempt.keepsEngine() ? run.askedAndKept(question.number(), now) : run.asked(question.number(), now);
        Run waiting = change.after();
        records.writeResult(
                run.id(),
                new RunResult(
                        RunResult.word(waiting.status()),
                        Optional.empty(),
                        artifacts.list(run.id()).paths(),
                        RepairLevel.NONE,
                        waiting.warnings(),
                        Optional.empty(),
                        Optional.of(question),
                        profiles.of(waiting, request),
                        attempt.receipt()));
        records.closeAttempt(audit(waiting, Optional.of(request), attempt, markers(run, asks)));
        records.writeStatus(waiting, request.options().sessionTimeoutSeconds());
        show.showAhead(waiting, Optional.of(question));
        if (!interactions.ask(change, question)) {
            show.show(run.id());
            return false;
        }
        LOG.log(System.Logger.Level.INFO, "run run_id={0} running->waiting_user", run.id());
        deadlines.arm(run.id(), question);
        return true;
    }

    /** Stores the status last. @return false if the run has moved, was taken or was wished to end meanwhile */
    private boolean record(Run run, Optional<RunRequest> request, Verdict verdict, Optional<Attempt> attempt) {
        RunArtifacts.Listing found = found(run, verdict);
        RunChange change = ended(run, verdict).warned(found.complete() ? List.of() : List.of(ARTIFACTS_TRUNCATED));
        Run ended = change.after();
        Optional<RunReceipt> receipt =
                attempt.or(() -> attempts.newest(run.id(), run.attempt())).flatMap(Attempt::receipt);
        records.writeResult(run.id(), result(ended, request, verdict, found, receipt));
        DoneMarkers markers = markers(run, verdict);
        records.closeAttempt(attempt.map(present -> audit(ended, request, present, markers))
                .orElseGet(() -> unstarted(run, ended, request, markers)));
        request.ifPresent(it -> records.writeStatus(ended, it.options().sessionTimeoutSeconds()));
        if (ended.status() == RunStatus.SUCCEEDED) {
            request.ifPresent(it -> remember(run, it));
        }
        request.ifPresent(temporary::afterRun);
        if (ended.interactions().count() > 0) {
            show.showAhead(ended, Optional.empty());
        }
        return save(change);
    }

    /**
     * Ends a running run whose files can't be written: its row alone tells of it. A verdict comes too late if the end of the
     * run was asked for meanwhile: then the run is canceled.
     *
     * @param run the run as last stored
     * @param verdict how it is judged
     */
    public void concludeWithoutFiles(Run run, Verdict verdict) {
        if (!save(ended(run, verdict))) {
            wished(run).ifPresent(wished -> save(ended(wished, new Verdict.Canceled())));
        }
    }

    /** The run as it is stored with the wish for its end, if nothing but that wish came between. */
    private Optional<Run> wished(Run run) {
        Optional<Run> wished = runs.find(run.id())
                .filter(stored ->
                        stored.cancelRequested() && stored.status() == run.status() && stored.fence() == run.fence());
        if (wished.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} was ended by somebody else", run.id());
        }
        return wished;
    }

    private boolean save(RunChange change) {
        Run ended = change.after();
        if (!runs.save(change)) {
            return false;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "run run_id={0} {1}->{2}{3}",
                ended.id(),
                change.before().status().wire(),
                ended.status().wire(),
                ended.failure().map(failure -> " " + failure.code().name()).orElse(""));
        return true;
    }

    /**
     * Writes the files of a run that has ended without them: it was canceled while it waited, or the server was killed
     * between two steps. Leaves nothing of a run that is removed meanwhile.
     *
     * @param run a run that has ended
     */
    public void recordEnd(Run run) {
        Optional<RunRequest> request = runs.findRequest(run.requestId());
        request.ifPresent(temporary::afterRun);
        Optional<RunReceipt> receipt = attempts.newest(run.id(), run.attempt()).flatMap(Attempt::receipt);
        records.writeResult(
                run.id(),
                new RunResult(
                        RunResult.word(run.status()),
                        Optional.empty(),
                        run.status() == RunStatus.CANCELED
                                ? List.of()
                                : artifacts.list(run.id()).paths(),
                        RepairLevel.NONE,
                        run.warnings(),
                        run.failure(),
                        Optional.empty(),
                        request.flatMap(it -> profiles.of(run, it)),
                        receipt));
        request.ifPresent(it -> records.writeStatus(run, it.options().sessionTimeoutSeconds()));
        if (run.interactions().count() > 0) {
            show.show(run.id());
        }
        if (runs.find(run.id()).isEmpty()) {
            // It was removed meanwhile, and whoever removed it has looked for files already.
            records.remove(run.id());
        }
    }

    private RunChange ended(Run run, Verdict verdict) {
        if (verdict instanceof Verdict.Succeeded succeeded) {
            return run.succeeded(succeeded.warnings(), clock.instant());
        }
        if (verdict instanceof Verdict.Interrupted interrupted) {
            return run.interrupted(interrupted.failure(), clock.instant());
        }
        if (verdict instanceof Verdict.Failed failed) {
            RunFailure failure = failed.failure();
            if (run.keepsEngine()) {
                return switch (failure.code()) {
                    case INTERACTION_WAIT_TIMEOUT -> run.waitExpired(failure, clock.instant());
                    case INTERACTION_PROCESS_LOST -> run.engineLost(failure, clock.instant());
                    default -> run.interrupted(failure, clock.instant());
                };
            }
            return failure.code() == RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED
                    ? run.interrupted(failure, clock.instant())
                    : run.failed(failure, List.of(), clock.instant());
        }
        return run.canceled(clock.instant());
    }

    private static AttemptAudit audit(Run run, Optional<RunRequest> request, Attempt attempt, DoneMarkers markers) {
        return audit(
                run,
                request,
                attempt.number(),
                attempt.startedAt(),
                attempt.endedAt().orElse(run.updatedAt()),
                attempt.receipt().flatMap(RunReceipt::exitCode),
                markers);
    }

    /** Of a turn that came to its end before its process was ordered. */
    private static AttemptAudit unstarted(Run run, Run ended, Optional<RunRequest> request, DoneMarkers markers) {
        return audit(ended, request, run.attempt(), run.updatedAt(), ended.updatedAt(), Optional.empty(), markers);
    }

    /** Says of the turn what its events say. */
    private static AttemptAudit audit(
            Run run,
            Optional<RunRequest> request,
            int number,
            Instant startedAt,
            Instant endedAt,
            Optional<Integer> exitCode,
            DoneMarkers markers) {
        Completion completion = CompletionPolicy.of(new CompletionPolicy.Facts(
                run.status(), run.failure().map(RunFailure::code), exitCode, run.warnings(), markers));
        return new AttemptAudit(
                run,
                request.map(it -> it.options().executionMode()).orElse(ExecutionMode.AUTO),
                number,
                startedAt,
                Optional.of(endedAt),
                exitCode,
                completion,
                markers,
                run.warnings());
    }

    /** From the journal, which tells the same of every end; where it can't be written, from the answer. */
    private DoneMarkers markers(Run run, Verdict verdict) {
        return journal.markers(run)
                .orElseGet(() -> verdict instanceof Verdict.Succeeded succeeded
                                && succeeded.answer().done()
                        ? new DoneMarkers(1, true, Optional.empty())
                        : DoneMarkers.NONE);
    }

    private RunResult result(
            Run ended,
            Optional<RunRequest> request,
            Verdict verdict,
            RunArtifacts.Listing found,
            Optional<RunReceipt> receipt) {
        Optional<Verdict.Succeeded> success =
                verdict instanceof Verdict.Succeeded succeeded ? Optional.of(succeeded) : Optional.empty();
        return new RunResult(
                RunResult.word(ended.status()),
                success.map(it -> it.answer().data()),
                found.paths(),
                success.map(it -> it.answer().repair()).orElse(RepairLevel.NONE),
                ended.warnings(),
                ended.failure(),
                Optional.empty(),
                request.flatMap(it -> profiles.of(ended, it)),
                receipt);
    }

    private RunArtifacts.Listing found(Run run, Verdict verdict) {
        if (verdict instanceof Verdict.Canceled) {
            return RunArtifacts.Listing.NOTHING;
        }
        return verdict instanceof Verdict.Succeeded ? artifacts.secure(run.id()) : artifacts.list(run.id());
    }

    /** Found only once the run is stored as succeeded, so it may be remembered before. */
    private void remember(Run run, RunRequest request) {
        if (request.cacheKey().isEmpty()) {
            return;
        }
        if (isUnchanged(run, request)) {
            cache.put(request.cacheKey().get(), run.id(), clock.instant());
        }
    }

    /** A skill that went away meanwhile, or does not answer, is no reason against a run that has its answer. */
    private boolean isUnchanged(Run run, RunRequest request) {
        try {
            return skills.find(request.skill())
                    .map(skill -> keys.fingerprint(skills.fileHashes(skill)))
                    .equals(request.skillFingerprint());
        } catch (UnavailableException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} is not remembered: {1}", run.id(), e.toString());
            return false;
        }
    }
}
