package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.domain.skill.SkillId;
import skillrunner.workspace.json.JacksonJson;

/** {@code skills new}. */
@Command(
        name = "new",
        description = "Write the folder of a new skill that can be packed as it is.",
        mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "ID", description = "1 to 64 letters, digits, '.', '_' or '-'.")
    private String id = "";

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean asJson;

    NewCommand(Path here, PrintStream out, PrintStream err) {
        this.here = here;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (SkillId.parse(id).isEmpty()) {
            return SkillsCommand.usage(
                    "an id has 1 to 64 letters, digits, '.', '_' or '-' and begins with a letter or digit", err);
        }
        Path folder = here.resolve(id);
        if (Files.exists(folder)) {
            return SkillsCommand.usage(id + " exists", err);
        }
        for (Map.Entry<String, String> file : files(id).entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, file.getValue());
        }
        Path made = folder.toAbsolutePath().normalize();
        if (asJson) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("skill_id", id);
            document.put("folder", made.toString());
            document.put("files", List.copyOf(files(id).keySet()));
            out.print(new JacksonJson().pretty(document));
        } else {
            out.println(made);
        }
        return 0;
    }

    private static Map<String, String> files(String id) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "SKILL.md",
                """
                ---
                name: 'ID'
                description: Say in one sentence what the skill does and when it is of use.
                ---

                # ID

                Say step by step what the agent has to do with the inputs, and what it has to answer.
                """
                        .replace("ID", id));
        files.put(
                "assets/runner.json",
                """
                {
                  "id": "ID",
                  "version": "0.1.0",
                  "name": "ID",
                  "description": "Say in one sentence what the skill does.",
                  "execution_modes": ["auto"],
                  "schemas": {
                    "input": "assets/input.schema.json",
                    "parameter": "assets/parameter.schema.json",
                    "output": "assets/output.schema.json"
                  }
                }
                """
                        .replace("ID", id));
        files.put(
                "assets/input.schema.json",
                """
                {
                  "type": "object",
                  "properties": {
                    "question": {"type": "string", "x-input-source": "inline"}
                  },
                  "required": ["question"]
                }
                """);
        files.put("assets/parameter.schema.json", "{\n  \"type\": \"object\",\n  \"properties\": {}\n}\n");
        files.put(
                "assets/output.schema.json",
                """
                {
                  "type": "object",
                  "properties": {
                    "answer": {"type": "string"}
                  },
                  "required": ["answer"]
                }
                """);
        return files;
    }
}
