package skillrunner.application.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** Reads the whole output of a run's newest attempt as text. Safe for concurrent use. */
public final class ReadRunLogs {
    /** So much of each stream is shown at most, in bytes; the rest can be had as a stream of events. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private final RunOutput output;

    /**
     * Takes its collaborator.
     *
     * @param output reads the files
     */
    public ReadRunLogs(RunOutput output) {
        this.output = Objects.requireNonNull(output);
    }

    /**
     * Reads the logs.
     *
     * @param run the run
     * @return prompt and streams, each absent if it does not exist yet
     */
    public Logs read(RunId run) {
        Optional<RunOutput.Tail> stdout = output.tail(run, OutputStreamKind.STDOUT, MAX_BYTES);
        Optional<RunOutput.Tail> stderr = output.tail(run, OutputStreamKind.STDERR, MAX_BYTES);
        boolean truncated = stdout.filter(RunOutput.Tail::truncated).isPresent()
                || stderr.filter(RunOutput.Tail::truncated).isPresent();
        return new Logs(
                output.prompt(run), stdout.map(RunOutput.Tail::text), stderr.map(RunOutput.Tail::text), truncated);
    }

    /**
     * The logs of an attempt.
     *
     * @param prompt what the engine was told
     * @param stdout what it reported
     * @param stderr its diagnostics
     * @param truncated whether the beginning of a stream was left out
     */
    public record Logs(Optional<String> prompt, Optional<String> stdout, Optional<String> stderr, boolean truncated) {}
}
