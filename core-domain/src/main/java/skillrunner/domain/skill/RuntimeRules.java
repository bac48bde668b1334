package skillrunner.domain.skill;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code runtime} of a manifest. */
final class RuntimeRules {
    private RuntimeRules() {}

    static Map<String, Object> read(@Nullable Object value, Findings findings) {
        if (!(value instanceof Map<?, ?> runtime)) {
            if (value != null) {
                findings.add("/runtime", "runtime must be an object", "write an object or leave the key out");
            }
            return Map.of();
        }
        Object dependencies = runtime.get("dependencies");
        if (dependencies != null && !SchemaRules.isListOfTexts(dependencies)) {
            findings.add(
                    "/runtime/dependencies", "dependencies must be an array of texts", "write a list of package names");
        }
        return ManifestReading.present(runtime);
    }
}
