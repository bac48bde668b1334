package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

/** How a turn is classified once its run has moved on; the first row that fits counts. */
public final class CompletionPolicy {
    /** Among the warnings of a run that was taken for finished without the mark of it. */
    private static final String SOFTLY = DiagnosticCode.INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER.name();

    private CompletionPolicy() {}

    /**
     * What is known.
     *
     * @param status where the run stands now
     * @param failure why it ended, if it did so without success
     * @param exitCode how the process ended, if it left a code
     * @param warnings words about the verdict
     * @param markers the mark of a finished task in what the agent said
     */
    public record Facts(
            RunStatus status,
            Optional<RunFailureCode> failure,
            Optional<Integer> exitCode,
            List<String> warnings,
            DoneMarkers markers) {
        /** Copies the list and refuses null parts. */
        public Facts {
            Objects.requireNonNull(status);
            Objects.requireNonNull(failure);
            Objects.requireNonNull(exitCode);
            Objects.requireNonNull(markers);
            warnings = List.copyOf(warnings);
        }

        boolean exitedBadly() {
            return exitCode.filter(code -> code != 0).isPresent();
        }

        boolean warnsOf(String word) {
            return warnings.contains(word);
        }
    }

    /**
     * Classifies.
     *
     * @param facts what is known
     * @return the classification
     */
    public static Completion of(Facts facts) {
        List<DiagnosticCode> diagnostics = new ArrayList<>();
        if (facts.markers().count() > 1) {
            diagnostics.add(DiagnosticCode.MULTIPLE_DONE_MARKERS_IGNORED);
        }
        boolean marked = facts.markers().count() > 0;
        boolean succeeded = facts.status() == RunStatus.SUCCEEDED;
        if (facts.status() == RunStatus.CANCELED) {
            // Somebody wanted it; how the process took it says nothing.
            return interrupted(facts.failure(), diagnostics);
        }
        if (succeeded && facts.markers().inLast()) {
            return new Completion(Completion.State.COMPLETED, "DONE_SIGNAL_FOUND", diagnostics);
        }
        if (facts.exitedBadly()) {
            if (marked) {
                diagnostics.add(DiagnosticCode.DONE_MARKER_PROCESS_FAILURE_CONFLICT);
            }
            return new Completion(Completion.State.INTERRUPTED, "PROCESS_EXIT_NONZERO", diagnostics);
        }
        if (succeeded) {
            return success(facts.warnsOf(SOFTLY), marked, diagnostics);
        }
        if (facts.status() == RunStatus.WAITING_USER) {
            diagnostics.add(DiagnosticCode.DONE_MARKER_MISSING);
            diagnostics.add(DiagnosticCode.WAITING_USER_INPUT);
            return new Completion(
                    Completion.State.AWAITING_USER_INPUT, DiagnosticCode.WAITING_USER_INPUT.name(), diagnostics);
        }
        if (facts.status() == RunStatus.FAILED) {
            return interrupted(facts.failure(), diagnostics);
        }
        return new Completion(Completion.State.UNKNOWN, "INSUFFICIENT_EVIDENCE", diagnostics);
    }

    private static Completion success(boolean softly, boolean marked, List<DiagnosticCode> diagnostics) {
        if (softly) {
            diagnostics.add(DiagnosticCode.DONE_MARKER_MISSING);
            diagnostics.add(DiagnosticCode.INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER);
            return new Completion(Completion.State.COMPLETED, SOFTLY, diagnostics);
        }
        return new Completion(
                Completion.State.COMPLETED, marked ? "DONE_MARKER_FOUND" : "OUTPUT_VALIDATED", diagnostics);
    }

    private static Completion interrupted(Optional<RunFailureCode> failure, List<DiagnosticCode> diagnostics) {
        String reason = failure.map(RunFailureCode::name).orElse("TERMINAL_SIGNAL_FAILED");
        if (reason.equals(DiagnosticCode.INTERACTIVE_MAX_ATTEMPT_EXCEEDED.name())) {
            diagnostics.add(DiagnosticCode.INTERACTIVE_MAX_ATTEMPT_EXCEEDED);
        }
        return new Completion(Completion.State.INTERRUPTED, reason, diagnostics);
    }
}
