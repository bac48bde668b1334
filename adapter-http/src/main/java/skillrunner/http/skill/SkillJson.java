package skillrunner.http.skill;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** A skill's manifest. The deny list stands under both its names. */
record SkillJson(
        SkillId id,
        String name,
        String description,
        @Nullable String version,
        List<EngineId> engines,
        List<EngineId> unsupportedEngines,
        List<EngineId> unsupportEngine,
        List<EngineId> effectiveEngines,
        List<ExecutionMode> executionModes,
        @Nullable Integer maxAttempt,
        Map<String, Object> entrypoint,
        List<Artifact> artifacts,
        Map<SchemaKind, String> schemas,
        Map<String, Object> runtime) {

    record Artifact(String role, String pattern, @Nullable String mime, boolean required) {
        static Artifact of(ArtifactDeclaration artifact) {
            return new Artifact(
                    artifact.role(), artifact.pattern(), artifact.mime().orElse(null), artifact.required());
        }
    }

    static SkillJson of(SkillManifest manifest, Collection<EngineId> knownEngines) {
        List<EngineId> denied = manifest.unsupportedEngines();
        return new SkillJson(
                manifest.id(),
                manifest.name(),
                manifest.description(),
                manifest.version().orElse(null),
                manifest.engines(),
                denied,
                denied,
                manifest.effectiveEngines(knownEngines),
                manifest.executionModes(),
                manifest.maxAttempt().orElse(null),
                manifest.entrypoint(),
                manifest.artifacts().stream().map(Artifact::of).toList(),
                manifest.schemas(),
                manifest.runtime());
    }
}
