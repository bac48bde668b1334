package skillrunner.application.run.execution;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.journal.AttemptJournal;
import skillrunner.application.run.output.OutputReader;
import skillrunner.application.run.output.Written;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.time.Countdown;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;

/** What one attempt writes, followed and read while it grows. Used by one thread at a time. */
final class TurnOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TurnOutput.class.getName());

    private final TurnOutputs shared;
    private final Run run;
    private final AttemptFiles files;
    private final int attempt;

    private @Nullable Subscription follower;
    private @Nullable TurnAccount account;
    private @Nullable OutputReader reader;
    private @Nullable AttemptJournal journal;
    private volatile @Nullable String session;

    TurnOutput(TurnOutputs shared, Run run, AttemptFiles files) {
        this.shared = shared;
        this.run = run;
        this.files = files;
        this.attempt = run.attempt();
    }

    /** Wakes the run whenever its files change. */
    void follow() {
        if (follower == null) {
            follower = shared.processes.follow(files, () -> shared.signals.written(run.id()));
        }
    }

    Written written() {
        return shared.written(run.id());
    }

    /**
     * Reads what is new, up to a bound.
     *
     * @param written what the run has written; a stream of which no more was there is left alone
     * @param time how long that may take
     * @return whether there may be more
     */
    boolean readNew(RunRequest request, Written written, Countdown time) {
        boolean more = reader(request).readNew(written, time);
        remember();
        journal().write();
        return more;
    }

    /**
     * Reads as far as the receipt proves and no further, so that exactly what is proven is judged.
     *
     * @param enough whether it is too late to read on; then what was read is judged
     */
    TurnOutcome outcome(RunRequest request, RunReceipt receipt, BooleanSupplier enough) {
        boolean whole = reader(request)
                .readToEnd(receipt.stdout().bytes(), receipt.stderr().bytes(), enough);
        remember();
        TurnOutcome outcome = Optional.ofNullable(account).orElseThrow().outcome();
        if (!whole) {
            journal().write();
        } else if (!journal().finish()) {
            tellToEnd(request, receipt);
        }
        // The reader is used up; should this be repeated, the output is read again from its start.
        startAgain();
        return outcome;
    }

    /** What the engine has said, if it has closed its turn behind that. */
    Optional<TurnPause.Closed> closed() {
        if (account == null || reader == null || !account.isClosed()) {
            return Optional.empty();
        }
        return Optional.of(new TurnPause.Closed(account.outcome(), reader.position()));
    }

    /** What the engine has told of its own work, as far as it was read. */
    EngineTold toldSoFar() {
        return account == null ? EngineTold.NOTHING : account.told();
    }

    /**
     * Reads once more what the receipt proves and tells it in the journal, where nothing is judged or not all could be told; what was
     * told is passed over. What can't be told changes nothing else.
     */
    void tellToEnd(RunRequest request, RunReceipt receipt) {
        try {
            AttemptJournal again = journal();
            again.startAgain();
            EngineDriver driver = shared.engines.driver(request.engine()).orElseThrow();
            new OutputReader(shared.output, run.id(), attempt, driver.newReader(OutputPosition.START, again), 0)
                    .readToEnd(receipt.stdout().bytes(), receipt.stderr().bytes());
            again.finish();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run.id() + ": its output can't be told", e);
        }
    }

    /** Whether anything was read. */
    boolean isRead() {
        return reader != null;
    }

    /** How much of what the receipt proves was not read yet. */
    long unread(RunReceipt receipt) {
        long stdout = receipt.stdout().bytes();
        long stderr = receipt.stderr().bytes();
        return reader == null
                ? stdout
                        - shared.output.start(run.id(), OutputStreamKind.STDOUT, attempt)
                        + stderr
                        - shared.output.start(run.id(), OutputStreamKind.STDERR, attempt)
                : reader.unread(stdout, stderr);
    }

    /**
     * Tells in the journal what the receipt proves, from where it was read last, where nothing is judged. What can't be told changes nothing
     * else; what there is no time for is said to be missing.
     *
     * @param enough whether it is too late to read on
     */
    void tellRest(RunRequest request, RunReceipt receipt, BooleanSupplier enough) {
        try {
            outcome(request, receipt, enough);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "run run_id=" + run.id() + ": the rest of its output can't be told",
                    e);
        }
    }

    private AttemptJournal journal() {
        if (journal == null) {
            journal = shared.journal.attempt(run);
        }
        return journal;
    }

    /** What takes the conversation up again, once the engine has named it. */
    Optional<String> session() {
        return Optional.ofNullable(session);
    }

    private void remember() {
        Optional.ofNullable(account).flatMap(TurnAccount::session).ifPresent(named -> session = named);
    }

    /** Forgets what was read: it may have been cut off in the middle. */
    void startAgain() {
        reader = null;
        account = null;
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }

    private OutputReader reader(RunRequest request) {
        if (reader == null) {
            EngineDriver driver = shared.engines.driver(request.engine()).orElseThrow();
            TurnAccount taking = new TurnAccount(driver::signIn);
            AttemptJournal telling = journal();
            telling.startAgain();
            account = taking;
            reader = new OutputReader(
                    shared.output,
                    run.id(),
                    attempt,
                    driver.newReader(OutputPosition.START, event -> {
                        taking.accept(event);
                        telling.accept(event);
                    }),
                    request.options().verbose());
        }
        return reader;
    }
}
