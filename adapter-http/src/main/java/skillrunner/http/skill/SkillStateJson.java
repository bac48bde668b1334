package skillrunner.http.skill;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.http.WireFormat;

/** A skill as whoever looks after it sees it. The deny list stands under both its names. */
record SkillStateJson(
        String id,
        String name,
        String description,
        @Nullable String version,
        List<String> engines,
        List<String> unsupportEngine,
        List<String> unsupportedEngines,
        List<String> effectiveEngines,
        List<String> executionModes,
        String installedAt,
        String health,
        @Nullable String healthError) {

    record Listed(List<SkillStateJson> skills) {}

    record Detailed(
            @JsonUnwrapped SkillStateJson summary,
            Map<String, String> schemas,
            Map<String, Object> entrypoints,
            List<FileJson.Entry> files) {
        static Detailed of(SkillEntry skill, FileTree files, Collection<EngineId> knownEngines) {
            Map<String, String> schemas = new LinkedHashMap<>();
            skill.manifest()
                    .ifPresent(manifest -> manifest.schemas().forEach((kind, path) -> schemas.put(kind.wire(), path)));
            return new Detailed(
                    SkillStateJson.of(skill, knownEngines),
                    schemas,
                    skill.manifest().map(SkillManifest::entrypoint).orElse(Map.of()),
                    FileJson.Entry.all(files));
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

    record Files(String skillId, List<FileJson.Entry> entries, boolean truncated) {
        static Files of(SkillEntry skill, FileTree files) {
            return new Files(skill.id(), FileJson.Entry.all(files), files.truncated());
        }
    }

    record Preview(String skillId, String path, FileJson.Preview preview) {
        static Preview of(SkillEntry skill, String path, FilePreview preview) {
            return new Preview(skill.id(), path, FileJson.Preview.of(preview));
        }
    }

    static SkillStateJson of(SkillEntry skill, Collection<EngineId> knownEngines) {
        Optional<SkillManifest> manifest = skill.manifest();
        List<String> denied = manifest.map(it -> names(it.unsupportedEngines())).orElse(List.of());
        return new SkillStateJson(
                skill.id(),
                skill.name(),
                skill.description(),
                manifest.flatMap(SkillManifest::version).orElse(null),
                manifest.map(it -> names(it.engines())).orElse(List.of()),
                denied,
                denied,
                manifest.map(it -> names(it.effectiveEngines(knownEngines))).orElse(List.of()),
                manifest.map(it -> it.executionModes().stream()
                                .map(ExecutionMode::wire)
                                .toList())
                        .orElse(List.of()),
                WireFormat.moment(skill.installedAt()),
                skill.healthy() ? "healthy" : "degraded",
                skill.healthError().orElse(null));
    }

    private static List<String> names(Collection<EngineId> engines) {
        return engines.stream().map(EngineId::wire).toList();
    }
}
