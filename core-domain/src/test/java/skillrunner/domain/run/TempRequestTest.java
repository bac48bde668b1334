package skillrunner.domain.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TempRequestTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(7);
    private static final PackageRejection REASON = new PackageRejection(ErrorCode.ARCHIVE_INVALID, "no zip");
    private static final RuntimeOptions OPTIONS =
            new RuntimeOptions(ExecutionMode.AUTO, Optional.empty(), 1200, Optional.empty(), false, false, false, 0);

    @Test
    void a_rejection_is_kept_with_its_moment_until_the_next_one() {
        TempRequest rejected = created().rejected(REASON, LATER);

        assertThat(rejected.status()).isEqualTo(TempRequestStatus.REJECTED);
        assertThat(rejected.rejection()).contains(REASON);
        assertThat(rejected.createdAt()).isEqualTo(NOW);
        assertThat(rejected.updatedAt()).isEqualTo(LATER);
        PackageRejection other = new PackageRejection(ErrorCode.PACKAGE_INVALID, "no SKILL.md");
        assertThat(rejected.rejected(other, LATER).rejection()).contains(other);
    }

    @Test
    void with_its_skill_it_is_the_request_of_a_run_that_asks_for_the_same() {
        RunRequest started = created()
                .rejected(REASON, LATER)
                .started(new SkillId("demo"), OPTIONS, Map.of("topic", "x"), Map.of("n", 1));

        assertThat(started.kind()).isEqualTo(RequestKind.TEMP);
        assertThat(started.id()).isEqualTo(created().id());
        assertThat(started.skill()).isEqualTo(new SkillId("demo"));
        assertThat(started.model()).isEqualTo(created().model());
        assertThat(started.input()).isEqualTo(Map.of("topic", "x"));
        assertThat(started.parameter()).isEqualTo(Map.of("n", 1));
        assertThat(started.createdAt()).isEqualTo(NOW);
        assertThat(started.runId()).isEmpty();
        assertThat(started.cacheKey()).isEmpty();
    }

    @Test
    void a_reason_is_there_exactly_for_a_rejected_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> with(TempRequestStatus.CREATED, Optional.of(REASON)));
        assertThatIllegalArgumentException().isThrownBy(() -> with(TempRequestStatus.REJECTED, Optional.empty()));
    }

    @Test
    void a_long_reason_is_cut() {
        assertThat(new PackageRejection(ErrorCode.PACKAGE_INVALID, "x".repeat(100_000)).message())
                .hasSizeLessThan(3_000);
    }

    private static TempRequest with(TempRequestStatus status, Optional<PackageRejection> rejection) {
        TempRequest request = created();
        return new TempRequest(
                request.id(),
                request.engine(),
                request.model(),
                request.input(),
                request.parameter(),
                request.runtimeOptions(),
                status,
                rejection,
                NOW,
                NOW);
    }

    private static TempRequest created() {
        return TempRequest.created(
                new RequestId("11111111-1111-4111-8111-111111111111"),
                EngineId.CODEX,
                Optional.of(new ModelSpec("gpt-5", Optional.empty())),
                Map.of(),
                Map.of(),
                Map.of(),
                NOW);
    }
}
