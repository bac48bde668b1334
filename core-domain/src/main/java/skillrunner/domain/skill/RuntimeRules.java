package skillrunner.domain.skill;

import java.util.Map;

/** The rules for {@code runtime} of a manifest. */
final class RuntimeRules {
    private RuntimeRules() {}

    static void check(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("runtime");
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> runtime)) {
            findings.add("/runtime", "runtime must be an object", "write an object or leave the key out");
            return;
        }
        Object dependencies = runtime.get("dependencies");
        if (dependencies != null && !PackageRules.isListOfTexts(dependencies)) {
            findings.add(
                    "/runtime/dependencies", "dependencies must be an array of texts", "write a list of package names");
        }
    }
}
