package skillrunner.workspace.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Values the tests of this package share. */
final class TestRuns {
    static final RunId RUN = new RunId("11111111-1111-4111-8111-111111111111");
    static final RequestId REQUEST = new RequestId("22222222-2222-4222-8222-222222222222");
    static final SkillId SKILL = new SkillId("demo");
    static final Instant NOW = Instant.parse("2026-11-22T08:30:00.123456Z");

    private TestRuns() {}

    static Run queuedRun() {
        return Run.queued(RUN, REQUEST, SKILL, EngineId.CODEX, NOW);
    }

    static RunRequest request(Optional<ModelSpec> model) {
        return new RunRequest(
                REQUEST,
                RequestKind.JOB,
                SKILL,
                EngineId.CODEX,
                model,
                Map.of("x", 1),
                Map.of("p", "q"),
                new RuntimeOptions(ExecutionMode.AUTO, Optional.empty(), 1200, Optional.empty(), true, false, false, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.of(RUN),
                false,
                NOW);
    }

    static AttemptAudit attempt(int number) {
        return new AttemptAudit(
                queuedRun(),
                ExecutionMode.AUTO,
                number,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Completion.RUNNING,
                DoneMarkers.NONE,
                List.of());
    }

    static InstalledSkill skill(Path folder) {
        SkillManifest manifest = new SkillManifest(
                SKILL,
                "Demo",
                "",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(ExecutionMode.AUTO),
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of());
        return new InstalledSkill(manifest, folder.toString(), Map.of());
    }
}
