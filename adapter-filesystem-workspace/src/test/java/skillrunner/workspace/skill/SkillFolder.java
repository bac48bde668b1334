package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A skill on disk, good unless a test spoils it. */
record SkillFolder(Path folder) {
    static final String RUNNER_JSON = "assets/runner.json";
    static final String OUTPUT_SCHEMA = "assets/output.schema.json";

    static SkillFolder valid(Path root, String id) throws IOException {
        return new SkillFolder(root.resolve(id))
                .file("SKILL.md", "---\nname: " + id + "\ndescription: d\n---\nDo it.\n")
                .file(RUNNER_JSON, "{\"id\":\"" + id + "\",\"version\":\"1.0.0\",\"execution_modes\":[\"auto\"]}")
                .file("assets/input.schema.json", "{\"type\":\"object\"}")
                .file("assets/parameter.schema.json", "{\"type\":\"object\"}")
                .file(OUTPUT_SCHEMA, "{\"type\":\"object\"}");
    }

    SkillFolder file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    SkillFolder without(String path) throws IOException {
        Files.delete(folder.resolve(path));
        return this;
    }
}
