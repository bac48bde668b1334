package skillrunner.testkit.skill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Builds skills that take nothing and accept any answer, unless told otherwise. Used by one thread. */
public final class SkillBuilder {
    private final String id;
    private final List<EngineId> engines = new ArrayList<>();
    private final List<EngineId> unsupported = new ArrayList<>();
    private final List<ExecutionMode> modes = new ArrayList<>(List.of(ExecutionMode.AUTO));
    private final Map<String, Object> inputProperties = new LinkedHashMap<>();
    private final List<String> requiredInputs = new ArrayList<>();
    private final Map<String, Object> parameterProperties = new LinkedHashMap<>();
    private final List<ArtifactDeclaration> artifacts = new ArrayList<>();
    private final Map<String, Object> prompts = new LinkedHashMap<>();
    private Optional<Integer> maxAttempt = Optional.empty();
    private String version = "1.0.0";
    private Map<String, Object> output = Map.of("type", "object");

    private SkillBuilder(String id) {
        this.id = id;
    }

    /**
     * A skill named {@code demo}.
     *
     * @return its builder
     */
    public static SkillBuilder aSkill() {
        return aSkill("demo");
    }

    /**
     * A skill.
     *
     * @param id its id
     * @return its builder
     */
    public static SkillBuilder aSkill(String id) {
        return new SkillBuilder(id);
    }

    /** Has this version. */
    public SkillBuilder version(String text) {
        version = text;
        return this;
    }

    /** Names the only engines it runs on. */
    public SkillBuilder on(EngineId... only) {
        engines.addAll(List.of(only));
        return this;
    }

    /** Rules engines out. */
    public SkillBuilder notOn(EngineId... ruledOut) {
        unsupported.addAll(List.of(ruledOut));
        return this;
    }

    /** Declares exactly these modes. */
    public SkillBuilder inModes(ExecutionMode... declared) {
        modes.clear();
        modes.addAll(List.of(declared));
        return this;
    }

    /** May ask in fewer turns than this. */
    public SkillBuilder inTurns(int most) {
        maxAttempt = Optional.of(most);
        return this;
    }

    /** Takes a required inline value. */
    public SkillBuilder takingInline(String key, String type) {
        inputProperties.put(key, Map.of("type", type, "x-input-source", "inline"));
        requiredInputs.add(key);
        return this;
    }

    /** Takes a file. */
    public SkillBuilder takingFile(String key, boolean required) {
        inputProperties.put(key, Map.of("type", "string"));
        if (required) {
            requiredInputs.add(key);
        }
        return this;
    }

    /** Takes a parameter. */
    public SkillBuilder takingParameter(String key, String type) {
        parameterProperties.put(key, Map.of("type", type));
        return this;
    }

    /** Answers by this schema. */
    public SkillBuilder answering(Map<String, Object> schema) {
        output = schema;
        return this;
    }

    /** Leaves a file that must be there. */
    public SkillBuilder leaving(String path) {
        artifacts.add(new ArtifactDeclaration("output", path, Optional.empty(), true));
        return this;
    }

    /** Brings a prompt template for an engine. */
    public SkillBuilder prompting(EngineId engine, String template) {
        prompts.put(engine.wire(), template);
        return this;
    }

    /** Builds the skill. */
    public InstalledSkill build() {
        Map<SchemaKind, Map<String, Object>> schemas = new LinkedHashMap<>();
        schemas.put(
                SchemaKind.INPUT,
                Map.of("type", "object", "properties", inputProperties, "required", List.copyOf(requiredInputs)));
        schemas.put(SchemaKind.PARAMETER, Map.of("type", "object", "properties", parameterProperties));
        schemas.put(SchemaKind.OUTPUT, output);
        SkillManifest manifest = new SkillManifest(
                new SkillId(id),
                id,
                "A skill for tests",
                Optional.of(version),
                engines,
                unsupported,
                modes,
                maxAttempt,
                Map.of(),
                artifacts,
                prompts.isEmpty() ? Map.of() : Map.of("prompts", prompts),
                Map.of());
        return new InstalledSkill(manifest, "memory:" + id, schemas);
    }
}
