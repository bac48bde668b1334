package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.run.output.RunOutput;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

import static skillrunner.testkit.run.JournalInvariants.number;
import static skillrunner.testkit.run.JournalInvariants.object;
import static skillrunner.testkit.run.JournalInvariants.require;
import static skillrunner.testkit.run.JournalInvariants.text;

/** What holds between events and the bytes that they came from. For one thread. */
public final class JournalRanges {
    private final RunJournal journal;
    private final RunOutput output;
    private final RunId run;
    private boolean incomplete;

    /**
     * Looks at a journal.
     *
     * @param journal the journal
     * @param output the output
     * @param run of which run
     */
    public JournalRanges(RunJournal journal, RunOutput output, RunId run) {
        this.journal = journal;
        this.output = output;
        this.run = run;
    }

    /**
     * Checks that ranges lie in the output and raw rows are what stands there, and that nothing written but blanks is left out unless
     * the journal says so.
     *
     * @throws AssertionError if something does not hold
     */
    public void check() {
        for (int attempt : journal.attempts(run)) {
            Map<String, byte[]> written = new HashMap<>();
            for (OutputStreamKind stream : OutputStreamKind.values()) {
                written.put(stream.wire(), bytes(stream, attempt));
            }
            Map<String, byte[]> left = new HashMap<>();
            written.forEach((stream, bytes) -> left.put(stream, bytes.clone()));
            journal.scan(run, JournalStream.FCMP, attempt, row -> range(row, attempt, written));
            journal.scan(run, JournalStream.RASP, attempt, row -> {
                range(row, attempt, written);
                Map<?, ?> ref = object(row, "raw_ref");
                if (!ref.isEmpty()) {
                    Arrays.fill(left.get(text(ref, "stream")), from(ref), to(ref), (byte) ' ');
                }
            });
            incomplete = false;
            journal.scan(
                    run,
                    JournalStream.ORCHESTRATOR,
                    attempt,
                    row -> incomplete |=
                            text(object(row, "data"), "code").equals(DiagnosticCode.JOURNAL_INCOMPLETE.name()));
            left.forEach((stream, bytes) -> require(
                    incomplete || new String(bytes, StandardCharsets.UTF_8).isBlank(),
                    "is missing for what attempt " + attempt + " of " + run + " wrote to " + stream + ": ",
                    new String(bytes, StandardCharsets.UTF_8).strip()));
        }
    }

    private static void range(Map<String, Object> row, int attempt, Map<String, byte[]> written) {
        Map<?, ?> ref = object(row, "raw_ref");
        if (ref.isEmpty()) {
            return;
        }
        byte[] bytes = written.getOrDefault(text(ref, "stream"), new byte[0]);
        require(
                number(ref, "attempt_number") == attempt && from(ref) <= to(ref) && to(ref) <= bytes.length,
                "whose bytes are not there: ",
                row);
        String type = text(row.containsKey("event") ? object(row, "event") : row, "type");
        if (type.startsWith("raw.")) {
            String there = new String(bytes, from(ref), to(ref) - from(ref), StandardCharsets.UTF_8);
            require(
                    there.strip().equals(text(object(row, "data"), "line").strip()),
                    "of other words than stand there: ",
                    row);
        }
    }

    private static int from(Map<?, ?> ref) {
        return (int) number(ref, "byte_from");
    }

    private static int to(Map<?, ?> ref) {
        return (int) number(ref, "byte_to");
    }

    private byte[] bytes(OutputStreamKind stream, int attempt) {
        return output.attempt(run, stream, attempt)
                .map(stored -> {
                    try (InputStream in = stored.open(0)) {
                        return in.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(new byte[0]);
    }
}
