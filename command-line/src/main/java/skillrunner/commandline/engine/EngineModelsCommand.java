package skillrunner.commandline.engine;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.TextTable;
import tools.jackson.databind.JsonNode;

/** {@code engines models}. */
@Command(
        name = "models",
        description = "List what an engine can be asked for with --model.",
        mixinStandardHelpOptions = true)
final class EngineModelsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENGINE", description = "The name of the engine.")
    private String engine = "";

    @Option(names = "--json", description = "Print JSON as GET /v1/engines/ENGINE/models answers.")
    private boolean json;

    EngineModelsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Document models = session.connection().get("/v1/engines/" + Connection.segment(engine) + "/models");
        if (json) {
            session.console().json(models.text());
            return ExitCodes.SUCCEEDED;
        }
        TextTable table = new TextTable("MODEL", "NAME", "EFFORT", "");
        for (JsonNode model : models.tree().path("models")) {
            table.row(
                    Document.text(model, "id"),
                    Document.text(model, "display_name"),
                    model.path("supported_effort")
                            .valueStream()
                            .map(effort -> effort.asString(""))
                            .collect(Collectors.joining(",")),
                    model.path("deprecated").asBoolean(false) ? "deprecated" : "");
        }
        session.console().say(table);
        String fallback = models.text("fallback_reason");
        if (!fallback.isEmpty()) {
            session.console().noteFaintly("! " + fallback);
        }
        return ExitCodes.SUCCEEDED;
    }
}
