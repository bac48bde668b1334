package skillrunner.application.skill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;

/**
 * A skill that can be run.
 *
 * @param manifest its checked manifest; its artifacts are already inferred where it declares none
 * @param location where its folder lies, in the store's own terms
 * @param schemas contents of its three schemas as plain values
 */
public record InstalledSkill(SkillManifest manifest, String location, Map<SchemaKind, Map<String, Object>> schemas) {
    /** Copies the collections and refuses null parts. */
    public InstalledSkill {
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(location);
        schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
    }

    /**
     * Returns one schema.
     *
     * @param kind which
     * @return its contents; an empty schema, which everything fits, if the skill has none
     */
    public Map<String, Object> schema(SchemaKind kind) {
        return schemas.getOrDefault(kind, Map.of());
    }

    /**
     * Returns how the skill's input arrives.
     *
     * @return the contract
     */
    public InputContract inputContract() {
        return InputContract.of(schema(SchemaKind.INPUT));
    }
}
