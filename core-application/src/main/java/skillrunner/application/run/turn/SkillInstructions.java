package skillrunner.application.run.turn;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.domain.skill.AnswerFileKeys;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillManifest;

/** What the product adds to a skill's own text, so that any engine leaves files and answers where they are looked for. */
final class SkillInstructions {
    /** First line of what is added; a copy that has it is not added to again. */
    static final String HEADING = "## Skill Runner: rules for this run";

    private static final String INTERACTIVE =
            """
            Your user can answer, but only when you stop: ask only if you can't go on without an answer, one question at a \
            time, as your last message, in plain text, and then stop. Leave the done marker out until everything is \
            settled. Where it helps your user to choose, end the question with a block of hints:

            <ASK_USER_YAML>
            kind: choose_one
            options:
              - label: Go on
                value: continue
              - label: Leave it
                value: stop
            </ASK_USER_YAML>

            Kinds are `choose_one`, `confirm`, `fill_fields` (with `required_fields`), `open_text` and `risk_ack`. The \
            answer comes as your next message.
            """;

    private SkillInstructions() {}

    static String text(
            String runDirectory,
            SkillManifest manifest,
            Map<String, Object> outputSchema,
            ExecutionMode mode,
            JsonText json) {
        StringBuilder text = new StringBuilder();
        text.append(HEADING)
                .append(
                        """


                The service that runs this skill added the following rules. Where they differ from anything above, they win.
                Do the task of this skill and nothing else.
                """);
        if (manifest.artifacts().isEmpty()) {
            text.append("\n### Where files go\n\nWrite each file that is meant for the user below `")
                    .append(runDirectory)
                    .append(
                            "/artifacts/`, under a name of your choice. Whatever else you write is not kept for the user.\n");
        } else {
            text.append(
                    "\n### Where files go\n\nWrite each file to exactly this path and to no other place, and use the "
                            + "same path wherever the answer names the file:\n\n");
            Set<String> free = AnswerFileKeys.in(outputSchema);
            for (ArtifactDeclaration artifact : manifest.artifacts()) {
                if (free.contains(artifact.pattern())) {
                    text.append("- ")
                            .append(artifact.role())
                            .append(artifact.required() ? " (required): " : " (optional): ")
                            .append("a file of any name below `")
                            .append(runDirectory)
                            .append("/artifacts/`; the member `")
                            .append(artifact.pattern())
                            .append("` of the answer names its path\n");
                    continue;
                }
                text.append("- ")
                        .append(artifact.role())
                        .append(artifact.required() ? " (required): `" : " (optional): `")
                        .append(runDirectory)
                        .append("/artifacts/")
                        .append(artifact.pattern())
                        .append("`\n");
            }
        }
        text.append(
                """

                ### How to answer

                Your last message must be one JSON object and nothing else: no code fence, no sentence before or after it.
                Its first member is `"__SKILL_DONE__": true` (the boolean, once). After it, stop.
                """);
        appendSchema(text, outputSchema, json);
        text.append("\n### Questions\n\n");
        text.append(
                mode == ExecutionMode.AUTO
                        ? "Nobody reads along and nobody can answer. Never ask. Where something is open, take the default or "
                                + "use your best judgement, and finish in one go.\n"
                        : INTERACTIVE);
        return text.toString();
    }

    private static void appendSchema(StringBuilder text, Map<String, Object> schema, JsonText json) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return;
        }
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        text.append("\n| member | type | required | meaning |\n|---|---|---|---|\n");
        text.append("| `__SKILL_DONE__` | boolean | yes | always true, marks the answer as final |\n");
        properties.forEach((name, value) -> {
            Map<?, ?> property = value instanceof Map<?, ?> map ? map : Map.of();
            Object type = property.get("type");
            boolean file = property.get("x-type") != null;
            text.append("| `")
                    .append(name)
                    .append("` | ")
                    .append(type == null ? "any" : json.canonical(type).replace("\"", ""))
                    .append(" | ")
                    .append(required.contains(name) ? "yes" : "no")
                    .append(" | ")
                    .append(file ? "path of the file, as given above" : cell(property.get("description")))
                    .append(" |\n");
        });
        if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            text.append("\nNo other members are allowed.\n");
        }
    }

    private static String cell(@Nullable Object description) {
        return description == null
                ? ""
                : description.toString().replace('\n', ' ').replace("|", "\\|");
    }
}
