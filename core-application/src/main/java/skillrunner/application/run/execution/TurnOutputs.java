package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.output.Written;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;

/** Finds what attempts write. Safe for concurrent use. */
public final class TurnOutputs {
    private static final int LAST_WORDS_BYTES = 1_024;

    final Engines engines;
    final RunOutput output;
    final AgentProcesses processes;
    final RunSignals signals;
    final KeepJournal journal;

    public TurnOutputs(
            Engines engines, RunOutput output, AgentProcesses processes, RunSignals signals, KeepJournal journal) {
        this.engines = Objects.requireNonNull(engines);
        this.output = Objects.requireNonNull(output);
        this.processes = Objects.requireNonNull(processes);
        this.signals = Objects.requireNonNull(signals);
        this.journal = Objects.requireNonNull(journal);
    }

    /** The output of a run's present attempt. */
    TurnOutput of(Run run, AttemptFiles files) {
        return new TurnOutput(this, run, files);
    }

    /** How much a run has written to both streams, in all attempts. */
    Written written(RunId run) {
        return new Written(output.size(run, OutputStreamKind.STDOUT), output.size(run, OutputStreamKind.STDERR));
    }

    /** The end of what a run's newest attempt has written to both streams. */
    String lastWords(RunId run) {
        return Stream.of(OutputStreamKind.STDOUT, OutputStreamKind.STDERR)
                .flatMap(stream -> output.tail(run, stream, LAST_WORDS_BYTES).stream())
                .map(RunOutput.Tail::text)
                .collect(Collectors.joining("\n"));
    }

    /** Proves what an attempt has written; reads all of it. */
    RunReceipt receipt(Run run, Optional<Integer> exitCode) {
        return new RunReceipt(
                run.attempt(),
                exitCode,
                output.receipt(run.id(), OutputStreamKind.STDOUT),
                output.receipt(run.id(), OutputStreamKind.STDERR));
    }

    /** Adds the end of what an engine wrote to standard error, if it wrote any. */
    RunFailure withStderr(RunId run, RunFailure failure) {
        return output.tail(run, OutputStreamKind.STDERR, RunFailure.MAX_STDERR)
                .map(tail -> failure.withStderr(tail.text()))
                .orElse(failure);
    }
}
