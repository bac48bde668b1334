package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import skillrunner.domain.engine.EngineId;

/** A skill whose prompt is a parameter, so that a test says what the scripted CLI does. */
public final class TestSkill {
    public static final String ID = "scripted";

    /** The same skill, which may ask its user something. */
    public static final String ASKING = "asking";

    private TestSkill() {}

    /** Writes the skill into the data directory of a home; its answer needs a member {@code status}. */
    public static void install(Path home) throws IOException {
        install(home, ID, EngineId.BUILT_IN);
    }

    /** Writes the skill that may ask its user something into the data directory of a home. */
    public static void installAsking(Path home) throws IOException {
        install(home, ASKING, EngineId.BUILT_IN, "\"auto\", \"interactive\"");
    }

    /** Writes the skill that may ask its user something, for some engines. */
    public static void installAsking(Path home, List<EngineId> engines) throws IOException {
        install(home, ASKING, engines, "\"auto\", \"interactive\"");
    }

    /** Writes the skill under another id, for some engines. */
    public static void install(Path home, String id, List<EngineId> engines) throws IOException {
        install(home, id, engines, "\"auto\"");
    }

    private static void install(Path home, String id, List<EngineId> engines, String modes) throws IOException {
        Path skill = home.resolve("data/skills").resolve(id);
        Files.createDirectories(skill.resolve("assets"));
        Files.writeString(
                skill.resolve("SKILL.md"),
                "---\nname: " + id + "\ndescription: does what it is told\n---\n\n# Scripted\n");
        Files.writeString(
                skill.resolve("assets/runner.json"),
                """
                {"id": "%s", "name": "Scripted", "version": "1.0.0", "engines": [%s],
                 "execution_modes": [%s], "artifacts": [],
                 "entrypoint": {"prompts": {%s}}}
                """
                        .formatted(
                                id,
                                joined(engines, engine -> "\"" + engine + "\""),
                                modes,
                                joined(engines, engine -> "\"" + engine + "\": \"{{ parameter.script }}\"")));
        Files.writeString(
                skill.resolve("assets/input.schema.json"),
                """
                {"type": "object", "properties": {
                   "note": {"type": "string", "x-input-source": "inline"},
                   "extra": {"type": "string", "x-input-source": "file"}}}
                """);
        Files.writeString(
                skill.resolve("assets/parameter.schema.json"),
                """
                {"type": "object", "properties": {"script": {"type": "string"}}, "required": ["script"]}
                """);
        Files.writeString(
                skill.resolve("assets/output.schema.json"),
                """
                {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}
                """);
    }

    /** A job that lets the CLI follow some directives. */
    public static Map<String, Object> job(String... directives) {
        return job(Map.of("no_cache", true), directives);
    }

    public static Map<String, Object> job(Map<String, Object> options, String... directives) {
        return job(EngineId.CODEX, options, directives);
    }

    /** A job that may ask its user something: an answer that begins with a directive is followed as well. */
    public static Map<String, Object> asking(String... directives) {
        Map<String, Object> job =
                new HashMap<>(job(Map.of("no_cache", true, "execution_mode", "interactive"), directives));
        job.put("skill_id", ASKING);
        return job;
    }

    /** A job on an engine of the caller's choice. */
    public static Map<String, Object> job(EngineId engine, Map<String, Object> options, String... directives) {
        StringBuilder script = new StringBuilder("Do as told.\n");
        for (String directive : directives) {
            script.append("@cli ").append(directive).append('\n');
        }
        return Map.of(
                "skill_id",
                ID,
                "engine",
                engine.wire(),
                "parameter",
                Map.of("script", script.toString()),
                "runtime_options",
                options);
    }

    /** The package of the same skill without a version, as it is sent with a single request. */
    public static TestPackage sent(String id) {
        return TestPackage.of(id, "1.0.0")
                .runner("\"execution_modes\": [\"auto\"], \"schemas\": {"
                        + "\"input\": \"assets/input.schema.json\", \"parameter\": \"assets/parameter.schema.json\","
                        + " \"output\": \"assets/output.schema.json\"},"
                        + " \"entrypoint\": {\"prompts\": {\"common\": \"{{ parameter.script }}\"}}")
                .file("SKILL.md", "---\nname: " + id + "\ndescription: does what it is told\n---\n\n# Scripted\n")
                .file(
                        "assets/parameter.schema.json",
                        "{\"type\": \"object\", \"properties\": {\"script\": {\"type\": \"string\"}}}")
                .file(
                        "assets/output.schema.json",
                        "{\"type\": \"object\", \"properties\": {\"status\": {\"type\": \"string\"}},"
                                + " \"required\": [\"status\"]}");
    }

    /** The same package, whose skill may ask its user something. */
    public static TestPackage sentAsking(String id) {
        return sent(id).runner("\"execution_modes\": [\"interactive\"], \"schemas\": {"
                + "\"input\": \"assets/input.schema.json\", \"parameter\": \"assets/parameter.schema.json\","
                + " \"output\": \"assets/output.schema.json\"},"
                + " \"entrypoint\": {\"prompts\": {\"common\": \"{{ parameter.script }}\"}}");
    }

    /** A request that lets the CLI follow some directives, once a skill was sent. */
    public static Map<String, Object> request(Map<String, Object> options, String... directives) {
        Map<String, Object> request = new HashMap<>(job(options, directives));
        request.remove("skill_id");
        return request;
    }

    private static String joined(List<EngineId> engines, Function<EngineId, String> text) {
        return engines.stream().map(text).collect(Collectors.joining(", "));
    }
}
