package skillrunner.domain.journal;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionPolicyTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // status, failure, exit code, warning, marks, in the last -> state, reason, diagnostics
                "SUCCEEDED, -, 0, -, 1, true, COMPLETED, DONE_SIGNAL_FOUND, -",
                "SUCCEEDED, -, 0, -, 2, true, COMPLETED, DONE_SIGNAL_FOUND, MULTIPLE_DONE_MARKERS_IGNORED",
                "FAILED, ENGINE_EXIT_NONZERO, 3, -, 0, false, INTERRUPTED, PROCESS_EXIT_NONZERO, -",
                "FAILED, ENGINE_EXIT_NONZERO, 1, -, 1, true, INTERRUPTED, PROCESS_EXIT_NONZERO, DONE_MARKER_PROCESS_FAILURE_CONFLICT",
                "SUCCEEDED, -, 0, INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER, 0, false, COMPLETED, INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER, DONE_MARKER_MISSING INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER",
                "SUCCEEDED, -, 0, -, 1, false, COMPLETED, DONE_MARKER_FOUND, -",
                "SUCCEEDED, -, -, -, 0, false, COMPLETED, OUTPUT_VALIDATED, -",
                "WAITING_USER, -, 0, -, 0, false, AWAITING_USER_INPUT, WAITING_USER_INPUT, DONE_MARKER_MISSING WAITING_USER_INPUT",
                "FAILED, TIMEOUT, -, -, 0, false, INTERRUPTED, TIMEOUT, -",
                "FAILED, -, 0, -, 0, false, INTERRUPTED, TERMINAL_SIGNAL_FAILED, -",
                "CANCELED, CANCELED_BY_USER, 143, -, 0, false, INTERRUPTED, CANCELED_BY_USER, -",
                "RUNNING, -, -, -, 0, false, UNKNOWN, INSUFFICIENT_EVIDENCE, -"
            })
    void the_first_row_that_fits_counts(
            RunStatus status,
            RunFailureCode failure,
            Integer exitCode,
            String warning,
            int marks,
            boolean inLast,
            Completion.State state,
            String reason,
            String diagnostics) {
        Completion completion = CompletionPolicy.of(new CompletionPolicy.Facts(
                status,
                Optional.ofNullable(failure),
                Optional.ofNullable(exitCode),
                warning == null ? List.of() : List.of(warning),
                new DoneMarkers(marks, inLast, Optional.empty())));

        assertThat(completion.state()).isEqualTo(state);
        assertThat(completion.reason()).isEqualTo(reason);
        assertThat(completion.diagnostics())
                .extracting(DiagnosticCode::name)
                .containsExactly(diagnostics == null ? new String[0] : diagnostics.split(" "));
    }

    @Test
    void marks_are_counted_over_messages_and_the_last_message_is_told_apart() {
        DoneMarkers.Place place = place("m_1_1");
        DoneMarkers first = DoneMarkers.NONE.and("{\"__SKILL_DONE__\": true}", place);
        DoneMarkers second =
                first.and("say \\\"__skill_done__\\\" : TRUE twice: \"__SKILL_DONE__\":true", place("m_1_2"));

        assertThat(first).isEqualTo(new DoneMarkers(1, true, Optional.of(place)));
        assertThat(second).isEqualTo(new DoneMarkers(3, true, Optional.of(place)));
        assertThat(second.and("bye", place("m_1_3"))).isEqualTo(new DoneMarkers(3, false, Optional.of(place)));
        assertThat(DoneMarkers.NONE.and("__SKILL_DONE__: true", place)).isEqualTo(DoneMarkers.NONE);
        assertThat(DoneMarkers.NONE.and("{\"__SKILL_DONE__\": false}", place)).isEqualTo(DoneMarkers.NONE);
        assertThat(DoneMarkers.NONE.and("\"__SKILL_DONE__\": trueish", place)).isEqualTo(DoneMarkers.NONE);
        assertThat(DoneMarkers.NONE.and("<think>\"__SKILL_DONE__\": true?</think>No.", place))
                .isEqualTo(DoneMarkers.NONE);
    }

    private static DoneMarkers.Place place(String message) {
        return new DoneMarkers.Place(message, Optional.of(new OutputRange(OutputStreamKind.STDOUT, 3, 9)));
    }
}
