package skillrunner.commandline.engine;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.TextTable;
import tools.jackson.databind.JsonNode;

/** {@code engines list}. */
@Command(name = "list", description = "List the engines of a server.", mixinStandardHelpOptions = true)
final class EngineListCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print JSON as GET /v1/management/engines answers.")
    private boolean json;

    EngineListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Document engines = session.connection().get("/v1/management/engines");
        if (json) {
            session.console().json(engines.text());
            return ExitCodes.SUCCEEDED;
        }
        TextTable table = new TextTable("ENGINE", "VERSION", "FROM", "SIGNED IN", "MODELS", "");
        for (JsonNode engine : engines.tree().path("engines")) {
            String version = Document.text(engine, "cli_version");
            table.row(
                    Document.text(engine, "engine"),
                    version.isEmpty() ? "-" : version,
                    Document.text(engine, "cli_source"),
                    signedIn(engine),
                    Document.text(engine, "models_count"),
                    remark(engine));
        }
        session.console().say(table);
        return ExitCodes.SUCCEEDED;
    }

    private static String signedIn(JsonNode engine) {
        if (engine.path("auth_expired").asBoolean(false)) {
            return "expired";
        }
        return engine.path("auth_ready").asBoolean(false) ? "yes" : "no";
    }

    private static String remark(JsonNode engine) {
        if (!engine.path("in_use").asBoolean(true)) {
            return "not in use";
        }
        return engine.path("cli_version_supported").asBoolean(true) ? "" : "version not supported";
    }
}
