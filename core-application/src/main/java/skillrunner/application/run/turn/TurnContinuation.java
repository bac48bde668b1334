package skillrunner.application.run.turn;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.KeptDialogue;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunRecords;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;

/** Prepares the turns that go on with an engine which kept running. May be repeated after a crash. Safe for concurrent use. */
public final class TurnContinuation {
    private final Engines engines;
    private final RunWorkspaces workspaces;
    private final RunRecords records;
    private final Attempts attempts;
    private final Interactions interactions;
    private final JsonText json;
    private final Clock clock;
    private final RunSettings settings;

    public TurnContinuation(
            Engines engines,
            RunWorkspaces workspaces,
            RunRecords records,
            Attempts attempts,
            Interactions interactions,
            JsonText json,
            Clock clock,
            RunSettings settings) {
        this.engines = Objects.requireNonNull(engines);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.records = Objects.requireNonNull(records);
        this.attempts = Objects.requireNonNull(attempts);
        this.interactions = Objects.requireNonNull(interactions);
        this.json = Objects.requireNonNull(json);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * A turn that may begin.
     *
     * @param attempt the attempt, dated when its preparation began first
     * @param line what the engine is told
     */
    public record Continued(Attempt attempt, String line) {
        /** Refuses null parts. */
        public Continued {
            Objects.requireNonNull(attempt);
            Objects.requireNonNull(line);
        }
    }

    /**
     * Prepares the present attempt of a run.
     *
     * @param run a running run whose engine has kept running since an earlier attempt
     * @param request the request that caused it
     * @return the turn
     * @throws TurnRefusedException if it can't begin
     */
    public Continued prepare(Run run, RunRequest request) {
        KeptDialogue dialogue = engines.driver(request.engine())
                .flatMap(EngineDriver::keptDialogue)
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.ENGINE_UNAVAILABLE,
                        "The driver of '" + request.engine() + "' does not keep engines running"));
        Resumption resumption = Resumption.of(run, attempts, interactions, json).orElseThrow(Resumption::lost);
        Attempt attempt = attempts.find(run.id(), run.attempt()).orElseGet(() -> begun(run, request, resumption));
        workspaces.goOn(
                new AttemptAudit(
                        run,
                        request.options().executionMode(),
                        run.attempt(),
                        attempt.startedAt(),
                        Optional.empty(),
                        Optional.empty(),
                        Completion.RUNNING,
                        DoneMarkers.NONE,
                        List.of()),
                resumption.prompt(),
                resumption.reply());
        records.writeStatus(run, request.options().sessionTimeoutSeconds());
        return new Continued(attempt, PromptHandover.line(dialogue, resumption.prompt()));
    }

    private Attempt begun(Run run, RunRequest request, Resumption resumption) {
        Instant now = clock.instant();
        Attempt attempt = Attempt.starting(
                        run.id(), run.attempt(), settings.hardTimeoutSeconds(request), resumption.contract(), now)
                .keepingEngine();
        Attempt named = resumption.session().map(attempt::inSession).orElse(attempt);
        return attempts.find(run.id(), run.processAttempt())
                .flatMap(Attempt::process)
                .map(named::runBy)
                .orElse(named);
    }
}
