package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.SessionExport;
import skillrunner.application.engine.SessionExports;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.run.output.RunOutput;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TurnEnd;

/**
 * What is found out about a turn that took a conversation up again and did not tell its end: whether the conversation is lost, and
 * where the engine keeps what it said, that. Safe for concurrent use; may block for some seconds.
 */
public final class TurnRecall {
    private static final System.Logger LOG = System.getLogger(TurnRecall.class.getName());
    private static final int LAST_WORDS_BYTES = 64 * 1024;

    private final Engines engines;
    private final RunOutput output;
    private final SessionExports exports;

    /**
     * Finds it out.
     *
     * @param engines know how
     * @param output holds what the turn wrote
     * @param exports ask the CLIs
     */
    public TurnRecall(Engines engines, RunOutput output, SessionExports exports) {
        this.engines = Objects.requireNonNull(engines);
        this.output = Objects.requireNonNull(output);
        this.exports = Objects.requireNonNull(exports);
    }

    /** Completes what a turn came to. */
    TurnOutcome completed(Run run, RunRequest request, Attempt attempt, TurnEnd end, TurnOutcome told) {
        Optional<EngineDriver> driver = engines.driver(request.engine());
        if (attempt.number() < 2
                || attempt.keepsEngine()
                || told.sessionHandle().isPresent()
                || driver.isEmpty()) {
            return told;
        }
        if (end.exitCode().orElse(-1) != 0) {
            return driver.get().lostSession(lastWords(run)) ? told.withoutConversation() : told;
        }
        return isSilent(run, attempt)
                ? recalled(run, driver.get(), attempt).orElseGet(told::withoutConversation)
                : told;
    }

    private boolean isSilent(Run run, Attempt attempt) {
        long from = output.start(run.id(), OutputStreamKind.STDOUT, attempt.number());
        return attempt.receipt()
                .map(RunReceipt::stdout)
                .filter(stdout -> stdout.bytes() == from)
                .isPresent();
    }

    private Optional<TurnOutcome> recalled(Run run, EngineDriver driver, Attempt attempt) {
        Optional<SessionExport> export = driver.sessionExport();
        if (export.isEmpty() || attempt.session().isEmpty()) {
            return Optional.empty();
        }
        String session = attempt.session().get();
        LOG.log(System.Logger.Level.WARNING, "run run_id={0} said nothing; its session is asked for", run.id());
        TurnAccount account = new TurnAccount(driver::signIn);
        exports.ask(driver.engine(), export.get(), session, run.marker())
                .ifPresent(document -> export.get().read(document, session, attempt.startedAt(), account));
        return Optional.of(account.outcome())
                .filter(outcome -> outcome.sessionHandle().isPresent());
    }

    private String lastWords(Run run) {
        return Stream.of(OutputStreamKind.STDOUT, OutputStreamKind.STDERR)
                .flatMap(stream -> output.tail(run.id(), stream, LAST_WORDS_BYTES).stream())
                .map(RunOutput.Tail::text)
                .collect(Collectors.joining("\n"));
    }
}
