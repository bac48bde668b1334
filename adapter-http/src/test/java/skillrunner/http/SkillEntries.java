package skillrunner.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Folders among the skills, at a location that no client may be told. */
final class SkillEntries {
    static final String SECRET = "/skills/demo/secret";

    private SkillEntries() {}

    static SkillEntry healthy(String description, Map<SchemaKind, Map<String, Object>> schemas) {
        SkillManifest manifest = new SkillManifest(
                new SkillId("demo"),
                "Demo",
                description,
                Optional.of("1.0.0"),
                List.of(EngineId.CODEX),
                List.of(EngineId.IFLOW),
                List.of(ExecutionMode.AUTO),
                Optional.empty(),
                Map.of(SchemaKind.INPUT, "assets/input.schema.json"),
                List.of(),
                Map.of(),
                Map.of());
        InstalledSkill demo = new InstalledSkill(manifest, SECRET, schemas);
        return new SkillEntry(
                "demo",
                "Demo",
                description,
                Optional.of(manifest),
                Optional.of(demo),
                SECRET,
                HttpTestBed.NOW,
                false,
                List.of());
    }

    static SkillEntry degraded(String id, String... problems) {
        return new SkillEntry(
                id, id, "Plain", Optional.empty(), Optional.empty(), SECRET, HttpTestBed.NOW, false, List.of(problems));
    }

    /** Instructions without a manifest, which lie where a package of that id and the version 0.1.0 would come from. */
    static SkillEntry plain(String id) {
        return new SkillEntry(
                id,
                id,
                "Plain",
                Optional.empty(),
                Optional.empty(),
                id,
                HttpTestBed.NOW,
                true,
                List.of("missing required files: assets/runner.json"));
    }
}
