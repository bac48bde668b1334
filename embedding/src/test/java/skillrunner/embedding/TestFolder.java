package skillrunner.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.testkit.cli.ScriptedCli;

/** A folder of a runner with scripted CLIs and skills that let them follow directives. */
final class TestFolder {
    private final Path root;

    TestFolder(Path root) {
        this.root = root;
        ScriptedCli.install(root.resolve("agents/npm/bin"), EngineId.CODEX);
    }

    Path root() {
        return root;
    }

    RunnerSettings settings() {
        return RunnerSettings.in(root).withSlots(2);
    }

    SkillRunner open() {
        return SkillRunner.open(settings(), System.getenv());
    }

    /** A skill whose prompt is a parameter. */
    void scripted() throws IOException {
        skill("scripted", "{{ parameter.script }}", "", "\"script\": {\"type\": \"string\"}");
    }

    /** A skill that answers with its input. */
    void echo() throws IOException {
        skill(
                "echo",
                "@cli answer {\\\"status\\\": \\\"{{ input.text }}\\\"}",
                "\"text\": {\"type\": \"string\", \"x-input-source\": \"inline\"}",
                "");
    }

    /** A skill that reads a file to its user and never ends. */
    void reader() throws IOException {
        skill(
                "reader",
                "@cli sh cat '{{ input.document }}' >&2\\n@cli say it is read\\n@cli hang",
                "\"document\": {\"type\": \"string\", \"x-input-source\": \"file\"}",
                "");
    }

    private void skill(String id, String prompt, String input, String parameter) throws IOException {
        Path skill = root.resolve("skills").resolve(id);
        Files.createDirectories(skill.resolve("assets"));
        Files.writeString(
                skill.resolve("SKILL.md"),
                "---\nname: " + id + "\ndescription: does what it is told\n---\n\n# Scripted\n");
        Files.writeString(
                skill.resolve("assets/runner.json"),
                """
                {"id": "%s", "name": "Scripted", "version": "1.0.0", "engines": ["codex"],
                 "execution_modes": ["auto"], "artifacts": [], "entrypoint": {"prompts": {"codex": "%s"}}}
                """
                        .formatted(id, prompt));
        schema(skill.resolve("assets/input.schema.json"), input);
        schema(skill.resolve("assets/parameter.schema.json"), parameter);
        schema(skill.resolve("assets/output.schema.json"), "\"status\": {\"type\": \"string\"}");
    }

    private static void schema(Path file, String properties) throws IOException {
        String required = properties.isEmpty() ? "" : properties.substring(0, properties.indexOf(':'));
        Files.writeString(
                file,
                "{\"type\": \"object\", \"properties\": {" + properties + "}, \"required\": [" + required + "]}\n");
    }
}
