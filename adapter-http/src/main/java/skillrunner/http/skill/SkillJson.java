package skillrunner.http.skill;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillManifest;

/** A skill's manifest. The deny list stands under both its names. */
record SkillJson(
        String id,
        String name,
        String description,
        @Nullable String version,
        List<String> engines,
        List<String> unsupportedEngines,
        List<String> unsupportEngine,
        List<String> effectiveEngines,
        List<String> executionModes,
        @Nullable Integer maxAttempt,
        Map<String, Object> entrypoint,
        List<Artifact> artifacts,
        Map<String, String> schemas,
        Map<String, Object> runtime) {

    record Artifact(String role, String pattern, @Nullable String mime, boolean required) {
        static Artifact of(ArtifactDeclaration artifact) {
            return new Artifact(
                    artifact.role(), artifact.pattern(), artifact.mime().orElse(null), artifact.required());
        }
    }

    static SkillJson of(SkillManifest manifest, Collection<EngineId> knownEngines) {
        List<String> denied = names(manifest.unsupportedEngines());
        Map<String, String> schemas = new LinkedHashMap<>();
        manifest.schemas().forEach((kind, path) -> schemas.put(kind.wire(), path));
        return new SkillJson(
                manifest.id().value(),
                manifest.name(),
                manifest.description(),
                manifest.version().orElse(null),
                names(manifest.engines()),
                denied,
                denied,
                names(manifest.effectiveEngines(knownEngines)),
                manifest.executionModes().stream().map(ExecutionMode::wire).toList(),
                manifest.maxAttempt().orElse(null),
                manifest.entrypoint(),
                manifest.artifacts().stream().map(Artifact::of).toList(),
                schemas,
                manifest.runtime());
    }

    private static List<String> names(Collection<EngineId> engines) {
        return engines.stream().map(EngineId::wire).toList();
    }
}
