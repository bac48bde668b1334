package skillrunner.domain.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

class RunRequestTest {
    @ParameterizedTest
    @CsvSource({"JOB, auto, true", "JOB, interactive, false", "TEMP, auto, false", "TEMP, interactive, false"})
    void only_what_an_installed_skill_answers_by_itself_answers_others(
            RequestKind kind, String mode, boolean reusable) {
        RunRequest request = new RunRequest(
                new RequestId("00000000-0000-4000-8000-000000000001"),
                kind,
                new SkillId("demo"),
                EngineId.CODEX,
                Optional.empty(),
                Map.of(),
                Map.of(),
                RuntimeOptionRules.read(Map.of("execution_mode", mode), 9),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH);

        assertThat(request.isReusable()).isEqualTo(reusable);
    }
}
