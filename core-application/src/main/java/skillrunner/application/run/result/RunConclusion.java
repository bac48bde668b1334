package skillrunner.application.run.result;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.application.run.cache.RememberRun;
import skillrunner.application.run.interaction.ExpireInteractions;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.InteractiveProfiles;
import skillrunner.application.run.interaction.ShowInteractions;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.temporary.RemoveTempSkill;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.ConclusionPolicy;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.WaitingPolicy;

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
    private final RememberRun remember;
    private final RunRecords records;
    private final RunArtifacts artifacts;
    private final Interactions interactions;
    private final ShowInteractions show;
    private final ExpireInteractions deadlines;
    private final InteractiveProfiles profiles;
    private final RemoveTempSkill temporary;
    private final AttemptAudits audits;
    private final Clock clock;

    public RunConclusion(
            Runs runs,
            Attempts attempts,
            RememberRun remember,
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
        this.remember = Objects.requireNonNull(remember);
        this.records = Objects.requireNonNull(records);
        this.artifacts = Objects.requireNonNull(artifacts);
        this.interactions = Objects.requireNonNull(interactions);
        this.show = Objects.requireNonNull(show);
        this.deadlines = Objects.requireNonNull(deadlines);
        this.profiles = Objects.requireNonNull(profiles);
        this.temporary = Objects.requireNonNull(temporary);
        this.audits = new AttemptAudits(journal);
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
        records.closeAttempt(audits.of(run, waiting, Optional.of(request), asks, attempt));
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
        RunChange change = ConclusionPolicy.end(run, verdict, clock.instant())
                .warned(found.complete() ? List.of() : List.of(ARTIFACTS_TRUNCATED));
        Run ended = change.after();
        Optional<RunReceipt> receipt =
                attempt.or(() -> attempts.newest(run.id(), run.attempt())).flatMap(Attempt::receipt);
        records.writeResult(run.id(), result(ended, request, verdict, found, receipt));
        records.closeAttempt(attempt.map(present -> audits.of(run, ended, request, verdict, present))
                .orElseGet(() -> audits.unstarted(run, ended, request, verdict)));
        request.ifPresent(it -> records.writeStatus(ended, it.options().sessionTimeoutSeconds()));
        if (ended.status() == RunStatus.SUCCEEDED) {
            request.ifPresent(it -> remember.remember(run, it));
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
        if (!save(ConclusionPolicy.end(run, verdict, clock.instant()))) {
            wished(run).ifPresent(wished -> save(wished.canceled(clock.instant())));
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
}
