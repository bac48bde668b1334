package skillrunner.commandline.skill;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.TextTable;
import skillrunner.commandline.terminal.VisibleText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code skills show}. */
@Command(name = "show", description = "Show a skill and what it takes and answers.", mixinStandardHelpOptions = true)
final class SkillShowCommand implements Callable<Integer> {
    private static final List<String> FACTS =
            List.of("id", "version", "description", "health", "health_error", "max_attempt");

    private final Session session;

    @Parameters(paramLabel = "SKILL", description = "The id of the skill.")
    private String skill = "";

    @Option(names = "--json", description = "Print JSON: the skill, and its schemas below schema_contents.")
    private boolean json;

    SkillShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String address = "/v1/management/skills/" + Connection.segment(skill);
        Document summary = session.connection().get(address);
        boolean healthy = summary.text("health").equals("healthy");
        JsonNode schemas =
                healthy ? session.connection().get(address + "/schemas").tree() : Json.object();
        if (json) {
            ObjectNode document = (ObjectNode) summary.tree();
            document.set("schema_contents", schemas);
            session.console().json(Json.pretty(document));
            return ExitCodes.SUCCEEDED;
        }
        Console console = session.console();
        for (String fact : FACTS) {
            fact(fact, summary.text(fact));
        }
        fact("engines", names(summary.tree().path("effective_engines")));
        fact("modes", names(summary.tree().path("execution_modes")));
        for (String kind : List.of("input", "parameter", "output")) {
            JsonNode schema = schemas.path(kind);
            if (!schema.path("properties").isEmpty()) {
                console.say("");
                console.say(table(kind, schema));
            }
        }
        return ExitCodes.SUCCEEDED;
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            session.console().say(String.format("%-12s  %s", name, VisibleText.line(value)));
        }
    }

    private static TextTable table(String kind, JsonNode schema) {
        TextTable table = new TextTable(kind.toUpperCase(java.util.Locale.ROOT), "TYPE", "", "DEFAULT", "DESCRIPTION");
        List<String> required = schema.path("required")
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
        schema.path("properties").propertyStream().forEach(property -> {
            JsonNode declared = property.getValue();
            table.row(
                    property.getKey(),
                    type(kind, declared),
                    required.contains(property.getKey()) ? "required" : "",
                    Document.text(declared, "default"),
                    Document.text(declared, "description"));
        });
        return table;
    }

    private static String type(String kind, JsonNode declared) {
        boolean file = kind.equals("input")
                && !declared.path("x-input-source").asString("file").equals("inline");
        if (file || !declared.path("x-type").isMissingNode()) {
            return "file";
        }
        return declared.path("enum").isEmpty() ? names(declared.path("type")) : names(declared.path("enum"));
    }

    private static String names(JsonNode names) {
        return names.isString()
                ? names.stringValue()
                : names.valueStream()
                        .map(name -> name.isString() ? name.stringValue() : name.toString())
                        .collect(Collectors.joining(", "));
    }
}
