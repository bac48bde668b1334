package skillrunner.domain.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageRules;

/** The runtime options that a skill presets ({@code runtime.default_options}): a client's own win, one by one. */
public final class DefaultOptionRules {
    private static final String POINTER = "/runtime/default_options";
    private static final String REMEDY = "write an object with what a client may write into runtime_options";

    private DefaultOptionRules() {}

    /**
     * Checks what a manifest presets.
     *
     * @param manifest the root object of runner.json as plain values
     * @return what is wrong
     */
    public static List<PackageFinding> check(Map<String, ?> manifest) {
        Object options = manifest.get("runtime") instanceof Map<?, ?> runtime ? runtime.get("default_options") : null;
        if (options == null) {
            return List.of();
        }
        if (!(options instanceof Map<?, ?> given)) {
            return List.of(
                    new PackageFinding(PackageRules.RUNNER_JSON, POINTER, "default_options must be an object", REMEDY));
        }
        try {
            RuntimeOptionRules.read(
                    given.keySet().stream()
                            .filter(key -> given.get(key) != null)
                            .collect(Collectors.toMap(String::valueOf, given::get)),
                    1);
            return List.of();
        } catch (RefusedException e) {
            return e.refusal().errors().stream()
                    .map(error -> new PackageFinding(
                            PackageRules.RUNNER_JSON,
                            POINTER + error.pointer().substring(RuntimeOptionRules.PLACE.length()),
                            "default_options: " + error.detail(),
                            REMEDY))
                    .toList();
        }
    }

    /**
     * Lays a client's options over what a skill presets.
     *
     * @param presets what the skill presets
     * @param given what the client gives
     * @return both; where both speak, the client, unless it says null
     */
    public static Map<String, Object> merged(Map<String, Object> presets, Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(presets);
        // A client that uses the older name of an option must not lose to a preset of the newer one.
        if (given.keySet().stream().anyMatch(RuntimeOptionRules::isSessionTimeout)) {
            merged.keySet().removeIf(RuntimeOptionRules::isSessionTimeout);
        }
        given.forEach((option, value) -> {
            if (value != null || !merged.containsKey(option)) {
                merged.put(option, value);
            }
        });
        return merged;
    }
}
