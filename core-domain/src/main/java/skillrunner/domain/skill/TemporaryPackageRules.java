package skillrunner.domain.skill;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a package must have that comes with a single request, beside what {@link PackageRules} say of every package. */
public final class TemporaryPackageRules {
    private static final String POINTER = "/schemas";

    private TemporaryPackageRules() {}

    /**
     * Checks what a manifest leaves open that installing would fill in.
     *
     * @param root the root object of runner.json as plain values
     * @return what is wrong; nothing if a place has the wrong form, for that is every package's rule
     */
    public static List<PackageFinding> check(Map<String, ?> root) {
        Object declared = root.get("schemas");
        if (declared != null && !(declared instanceof Map<?, ?>)) {
            return List.of();
        }
        Map<?, ?> schemas = declared instanceof Map<?, ?> map ? map : Map.of();
        return Arrays.stream(SchemaKind.values())
                .filter(kind -> schemas.get(kind.wire()) == null)
                .map(kind -> new PackageFinding(
                        PackageRules.RUNNER_JSON,
                        POINTER,
                        "schemas." + kind.wire() + " is required",
                        "name the path of the " + kind.wire() + " schema, such as " + kind.standardPath()))
                .toList();
    }
}
