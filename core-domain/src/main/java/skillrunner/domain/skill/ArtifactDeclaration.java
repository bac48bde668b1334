package skillrunner.domain.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.path.RelativePath;

/**
 * A file that a run is expected to leave under {@code artifacts/}.
 *
 * @param role what the file is for
 * @param pattern its literal path below {@code artifacts/}, written as a listing writes it; not a glob
 * @param mime its media type, if the skill says
 * @param required whether a run without it has failed
 */
public record ArtifactDeclaration(String role, String pattern, Optional<String> mime, boolean required) {
    /** Refuses null parts. */
    public ArtifactDeclaration {
        Objects.requireNonNull(role);
        Objects.requireNonNull(pattern);
        Objects.requireNonNull(mime);
    }

    /**
     * Derives the declarations from an output schema, for a manifest that declares none: each top-level property with
     * {@code x-type} {@code artifact} or {@code file} stands for one file.
     *
     * @param outputSchema the schema as plain values
     * @return the declarations in the order of the properties
     */
    public static List<ArtifactDeclaration> inferFrom(Map<String, ?> outputSchema) {
        List<ArtifactDeclaration> found = new ArrayList<>();
        List<?> required = outputSchema.get("required") instanceof List<?> names ? names : List.of();
        if (outputSchema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, schema) -> {
                if (name instanceof String key
                        && schema instanceof Map<?, ?> property
                        && ("artifact".equals(property.get("x-type")) || "file".equals(property.get("x-type")))) {
                    found.add(new ArtifactDeclaration(
                            property.get("x-role") instanceof String role ? role : "output",
                            property.get("x-filename") instanceof String file ? plain(file) : key,
                            Optional.empty(),
                            required.contains(key)));
                }
            });
        }
        return List.copyOf(found);
    }

    /** As a listing writes it: a file is found by the text of its path. */
    private static String plain(String file) {
        return RelativePath.declared(file).map(RelativePath::text).orElse(file);
    }
}
