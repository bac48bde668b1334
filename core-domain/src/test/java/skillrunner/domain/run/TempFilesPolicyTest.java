package skillrunner.domain.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

class TempFilesPolicyTest {
    private final TempFilesPolicy policy = new TempFilesPolicy(Duration.ofHours(24));

    @ParameterizedTest(name = "{0}, {1} hours old: {2}")
    @CsvSource({
        "QUEUED, 1000, false",
        "RUNNING, 1000, false",
        "WAITING_USER, 1000, false",
        "SUCCEEDED, 23, false",
        "SUCCEEDED, 24, true",
        "FAILED, 24, true",
        "CANCELED, 24, true",
        ", 23, false",
        ", 24, true"
    })
    void while_the_server_works_only_age_and_an_ended_run_let_files_go(RunStatus status, int hours, boolean goes) {
        assertThat(policy.removes(Optional.ofNullable(status), Duration.ofHours(hours)))
                .isEqualTo(goes);
    }

    @ParameterizedTest(name = "{0}, kept {1}, {2} hours old: {3}")
    @CsvSource({
        "QUEUED, false, 1000, false",
        "RUNNING, false, 1000, false",
        "WAITING_USER, true, 1000, false",
        "SUCCEEDED, false, 0, true",
        "SUCCEEDED, true, 23, false",
        "SUCCEEDED, true, 24, true",
        "CANCELED, false, 0, true"
    })
    void at_the_start_everything_goes_that_no_run_needs_and_nobody_wants_to_look_at(
            RunStatus status, boolean kept, int hours, boolean goes) {
        assertThat(policy.removesAtStart(Optional.of(request(kept)), Optional.of(status), Duration.ofHours(hours)))
                .isEqualTo(goes);
    }

    @ParameterizedTest
    @CsvSource({"0", "1000"})
    void at_the_start_half_an_upload_goes_whatever_its_age(int hours) {
        assertThat(policy.removesAtStart(Optional.empty(), Optional.empty(), Duration.ofHours(hours)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "59, false", "60, true"})
    void without_retention_what_may_be_on_its_way_is_still_left_alone(int minutes, boolean goes) {
        assertThat(new TempFilesPolicy(Duration.ZERO).removes(Optional.empty(), Duration.ofMinutes(minutes)))
                .isEqualTo(goes);
    }

    private static RunRequest request(boolean kept) {
        return TempRequest.created(
                        new RequestId("11111111-1111-4111-8111-111111111111"),
                        EngineId.CODEX,
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Instant.EPOCH)
                .started(
                        new SkillId("demo"),
                        new RuntimeOptions(
                                ExecutionMode.AUTO, Optional.empty(), 1, Optional.empty(), false, false, kept, 0),
                        Map.of(),
                        Map.of());
    }
}
