package skillrunner.http.skill;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.skill.SkillHealth;
import skillrunner.application.skill.SkillOverview;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.http.file.FileDocument;

/** A skill as whoever looks after it sees it. The deny list stands under both its names. */
record SkillStateJson(
        String id,
        String name,
        String description,
        @Nullable String version,
        List<EngineId> engines,
        List<EngineId> unsupportEngine,
        List<EngineId> unsupportedEngines,
        List<EngineId> effectiveEngines,
        List<ExecutionMode> executionModes,
        Instant installedAt,
        SkillHealth health,
        @Nullable String healthError,
        boolean adoptable) {

    record Listed(List<SkillStateJson> skills) {
        static Listed of(List<SkillOverview> skills) {
            return new Listed(skills.stream().map(SkillStateJson::of).toList());
        }
    }

    record Detailed(
            @JsonUnwrapped SkillStateJson summary,
            Map<SchemaKind, String> schemas,
            Map<String, Object> entrypoints,
            List<FileDocument.Entry> files) {
        static Detailed of(SkillOverview skill, FileTree files) {
            Optional<SkillManifest> manifest = skill.entry().manifest();
            return new Detailed(
                    SkillStateJson.of(skill),
                    manifest.map(SkillManifest::schemas).orElse(Map.of()),
                    manifest.map(SkillManifest::entrypoint).orElse(Map.of()),
                    FileDocument.Entry.all(files));
        }
    }

    record Schemas(
            String skillId,
            @Nullable Map<String, Object> input,
            @Nullable Map<String, Object> parameter,
            @Nullable Map<String, Object> output) {
        static Schemas of(String id, Map<SchemaKind, Map<String, Object>> schemas) {
            return new Schemas(
                    id,
                    schemas.get(SchemaKind.INPUT),
                    schemas.get(SchemaKind.PARAMETER),
                    schemas.get(SchemaKind.OUTPUT));
        }
    }

    record Files(String skillId, List<FileDocument.Entry> entries, boolean truncated) {
        static Files of(SkillOverview skill, FileTree files) {
            return new Files(skill.entry().id(), FileDocument.Entry.all(files), files.truncated());
        }
    }

    record Preview(String skillId, String path, FileDocument.Preview preview) {
        static Preview of(SkillOverview skill, String path, FilePreview preview) {
            return new Preview(skill.entry().id(), path, FileDocument.Preview.of(preview));
        }
    }

    private static SkillStateJson of(SkillOverview overview) {
        SkillEntry skill = overview.entry();
        Optional<SkillManifest> manifest = skill.manifest();
        List<EngineId> denied = manifest.map(SkillManifest::unsupportedEngines).orElse(List.of());
        return new SkillStateJson(
                skill.id(),
                skill.name(),
                skill.description(),
                manifest.flatMap(SkillManifest::version).orElse(null),
                manifest.map(SkillManifest::engines).orElse(List.of()),
                denied,
                denied,
                overview.effectiveEngines(),
                manifest.map(SkillManifest::executionModes).orElse(List.of()),
                skill.installedAt(),
                skill.health(),
                skill.healthError().orElse(null),
                skill.plain());
    }
}
