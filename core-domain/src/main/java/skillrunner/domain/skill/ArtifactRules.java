package skillrunner.domain.skill;

import java.util.List;
import java.util.Map;

/** The rules for {@code artifacts} of a manifest. */
final class ArtifactRules {
    private ArtifactRules() {}

    static void check(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("artifacts");
        if (value == null) {
            return;
        }
        if (!(value instanceof List<?> artifacts)) {
            findings.add("/artifacts", "artifacts must be an array", "write a list, or leave the key out");
            return;
        }
        for (int i = 0; i < artifacts.size(); i++) {
            String place = "/artifacts/" + i;
            if (!(artifacts.get(i) instanceof Map<?, ?> artifact)) {
                findings.add(place, "an item of artifacts must be an object", "write {\"role\", \"pattern\"}");
                continue;
            }
            if (!(artifact.get("role") instanceof String role && !role.isBlank())) {
                findings.add(place + "/role", "role must be a text that is not blank", "say what the file is for");
            }
            if (!(artifact.get("pattern") instanceof String pattern && PackageRules.isInside(pattern))) {
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
        }
    }
}
