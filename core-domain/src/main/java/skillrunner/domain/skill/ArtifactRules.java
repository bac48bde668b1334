package skillrunner.domain.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.path.RelativePath;

/** Reads {@code artifacts} of a manifest. */
final class ArtifactRules {
    private ArtifactRules() {}

    /** The declarations that have their form. */
    static List<ArtifactDeclaration> read(@Nullable Object value, Findings findings) {
        if (!(value instanceof List<?> artifacts)) {
            if (value != null) {
                findings.add("/artifacts", "artifacts must be an array", "write a list, or leave the key out");
            }
            return List.of();
        }
        List<ArtifactDeclaration> declarations = new ArrayList<>();
        for (int i = 0; i < artifacts.size(); i++) {
            String place = "/artifacts/" + i;
            if (artifacts.get(i) instanceof Map<?, ?> artifact) {
                declaration(artifact, place, findings).ifPresent(declarations::add);
            } else {
                findings.add(place, "an item of artifacts must be an object", "write {\"role\", \"pattern\"}");
            }
        }
        return declarations;
    }

    private static Optional<ArtifactDeclaration> declaration(Map<?, ?> artifact, String place, Findings findings) {
        Optional<String> role = text(artifact, "role").filter(text -> !text.isBlank());
        Optional<RelativePath> pattern = text(artifact, "pattern").flatMap(RelativePath::declared);
        if (role.isEmpty()) {
            findings.add(place + "/role", "role must be a text that is not blank", "say what the file is for");
        }
        if (pattern.isEmpty()) {
            findings.add(
                    place + "/pattern",
                    "pattern must be a relative path below artifacts/",
                    "write a path such as report.md, without '..'");
        }
        if (artifact.get("mime") != null && !(artifact.get("mime") instanceof String)) {
            findings.add(place + "/mime", "mime must be a text", "write a type such as text/markdown");
        }
        if (artifact.get("required") != null && !(artifact.get("required") instanceof Boolean)) {
            findings.add(place + "/required", "required must be true or false", "write true or false");
        }
        return role.flatMap(what -> pattern.map(path -> new ArtifactDeclaration(
                what, path.text(), text(artifact, "mime"), Boolean.TRUE.equals(artifact.get("required")))));
    }

    private static Optional<String> text(Map<?, ?> artifact, String key) {
        return artifact.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
