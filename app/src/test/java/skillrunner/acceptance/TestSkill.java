package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A skill whose prompt is a parameter, so that a test says what the scripted CLI does. */
public final class TestSkill {
    public static final String ID = "scripted";

    private TestSkill() {}

    /** Writes the skill into the data directory of a home; its answer needs a member {@code status}. */
    public static void install(Path home) throws IOException {
        Path skill = home.resolve("data/skills").resolve(ID);
        Files.createDirectories(skill.resolve("assets"));
        Files.writeString(
                skill.resolve("SKILL.md"),
                "---\nname: scripted\ndescription: does what it is told\n---\n\n# Scripted\n");
        Files.writeString(
                skill.resolve("assets/runner.json"),
                """
                {"id": "scripted", "name": "Scripted", "version": "1.0.0", "engines": ["codex", "gemini"],
                 "execution_modes": ["auto"], "artifacts": [],
                 "entrypoint": {"prompts": {"codex": "{{ parameter.script }}"}}}
                """);
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
        StringBuilder script = new StringBuilder("Do as told.\n");
        for (String directive : directives) {
            script.append("@cli ").append(directive).append('\n');
        }
        return Map.of("skill_id", ID, "parameter", Map.of("script", script.toString()), "runtime_options", options);
    }
}
