package skillrunner.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaKind;

/**
 * What a skill's tool takes: its input schema below {@code input}, with files as objects, its parameter schema below {@code parameter}, and
 * how to run it beside them. These are the names of {@code POST /v1/jobs}, so that the skill's own names never meet ours.
 */
final class ToolSchema {
    static final String INPUT = "input";
    static final String PARAMETER = "parameter";
    static final String ENGINE = "engine";
    static final String MODEL = "model";
    static final String OPTIONS = "runtime_options";
    static final String WAIT = "wait_seconds";

    /** Nobody waits longer at one go. */
    static final int LONGEST_WAIT_SECONDS = 24 * 60 * 60;

    /** Whose values are data and no schemas, whatever they look like. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples", "example");

    /** Whose members are schemas, whatever they are called. */
    private static final Set<String> SCHEMAS_BY_NAME =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private ToolSchema() {}

    static Map<String, Object> of(InstalledSkill skill, List<EngineId> engines) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        InputContract contract = skill.inputContract();
        Map<String, Object> input = input(skill.schema(SchemaKind.INPUT), contract);
        if (!contract.inlineKeys().isEmpty() || !contract.fileKeys().isEmpty() || contract.takesOtherFiles()) {
            properties.put(INPUT, input);
            if (isRequired(input)) {
                required.add(INPUT);
            }
        }
        Map<String, Object> parameter = rebased(skill.schema(SchemaKind.PARAMETER), PARAMETER);
        if (parameter.get("properties") instanceof Map<?, ?> some && !some.isEmpty()) {
            properties.put(PARAMETER, parameter);
            if (isRequired(parameter)) {
                required.add(PARAMETER);
            }
        }
        properties.put(ENGINE, engine(engines));
        properties.put(
                MODEL,
                Map.of(
                        "type",
                        "string",
                        "description",
                        "The model, as the engine calls it. The engine's own choice if left out."));
        properties.put(OPTIONS, options(skill.manifest().executionModes()));
        properties.put(WAIT, waiting());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Says how long a call waits. */
    static Map<String, Object> waiting() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", 0);
        schema.put("maximum", LONGEST_WAIT_SECONDS);
        schema.put(
                "description",
                "After so many seconds the call answers even if the run goes on; skill_runner_run_result picks it up again. If left out, the"
                        + " call waits until the run ends or asks something.");
        return schema;
    }

    /** The engine that a call without one gets. */
    static String defaultEngine(List<EngineId> engines) {
        return engines.isEmpty() || engines.contains(EngineId.CODEX)
                ? EngineId.CODEX.wire()
                : engines.get(0).wire();
    }

    private static boolean isRequired(Map<String, Object> schema) {
        return schema.get("required") instanceof List<?> names && !names.isEmpty();
    }

    private static Map<String, Object> input(Map<String, Object> own, InputContract contract) {
        Map<String, Object> schema = new LinkedHashMap<>(rebased(own, INPUT));
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Map<String, Object> told = new LinkedHashMap<>();
            properties.forEach((name, property) -> {
                String key = String.valueOf(name);
                told.put(key, contract.fileKeys().contains(key) ? FileInput.schema(property) : property);
            });
            schema.put("properties", told);
        }
        if (contract.takesOtherFiles()) {
            schema.put("additionalProperties", FileInput.schema(own.get("additionalProperties")));
        }
        schema.putIfAbsent("type", "object");
        return schema;
    }

    private static Map<String, Object> engine(List<EngineId> engines) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        if (!engines.isEmpty()) {
            schema.put("enum", engines.stream().map(EngineId::wire).toList());
        }
        schema.put("default", defaultEngine(engines));
        schema.put("description", "The agent that carries the skill out.");
        return schema;
    }

    private static Map<String, Object> options(List<ExecutionMode> modes) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "execution_mode",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        modes.stream().map(ExecutionMode::wire).toList(),
                        "description",
                        "auto asks nothing; interactive may ask, which reaches you as an elicitation or as an answer that says so."));
        properties.put(
                "no_cache",
                Map.of(
                        "type",
                        "boolean",
                        "description",
                        "Runs it anew even if the same was asked and answered before."));
        properties.put(
                "hard_timeout_seconds",
                Map.of("type", "integer", "minimum", 1, "description", "Ends the run after so long."));
        properties.put(
                "session_timeout_sec",
                Map.of("type", "integer", "minimum", 1, "description", "How long a question waits for its answer."));
        properties.put(
                "interactive_require_user_reply",
                Map.of("type", "boolean", "description", "Whether a question may be decided without its user."));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("description", "How to run it.");
        return schema;
    }

    /** A schema as part of another one: what it points to inside itself lies deeper now. */
    private static Map<String, Object> rebased(Map<String, Object> schema, String below) {
        Map<String, Object> copy = new LinkedHashMap<>();
        boolean named = schema.get("$id") instanceof String || schema.get("id") instanceof String;
        schema.forEach((key, value) -> {
            if (!key.equals("$schema")) {
                copy.put(key, named ? value : rebasedValue(key, value, "#/properties/" + below));
            }
        });
        return copy;
    }

    private static Object rebasedValue(String key, Object value, String below) {
        if (key.equals("$ref") && value instanceof String text && (text.equals("#") || text.startsWith("#/"))) {
            return below + text.substring(1);
        }
        if (DATA.contains(key)) {
            return value;
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> copy = new LinkedHashMap<>();
            boolean names = SCHEMAS_BY_NAME.contains(key);
            object.forEach((name, member) ->
                    copy.put(String.valueOf(name), rebasedValue(names ? "" : String.valueOf(name), member, below)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(rebasedValue("", item, below)));
            return copy;
        }
        return value;
    }
}
