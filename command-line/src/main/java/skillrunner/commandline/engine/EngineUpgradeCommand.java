package skillrunner.commandline.engine;

import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code engines upgrade}. */
@Command(
        name = "upgrade",
        description = "Install or upgrade the program of an engine, or of all, and wait until that is done.",
        mixinStandardHelpOptions = true)
final class EngineUpgradeCommand implements Callable<Integer> {
    private static final int LOOK_EVERY_MILLIS = 500;

    /** A server that restarts is back by then; ten minutes. */
    private static final int MOST_FAILED_LOOKS = 1200;

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "ENGINE", description = "The name of the engine.")
    @Nullable
    private String engine;

    @Option(names = "--all", description = "All engines, one after another.")
    private boolean all;

    @Option(names = "--no-wait", description = "Print the id of the upgrade and go.")
    private boolean noWait;

    @Option(names = "--json", description = "Print JSON as GET /v1/engines/upgrades/ID answers at the end.")
    private boolean json;

    private final Set<String> told = new HashSet<>();
    private String working = "";

    EngineUpgradeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((engine == null) != all) {
            throw CommandFailedException.usage("an ENGINE or --all is needed, and only one of them");
        }
        ObjectNode request = Json.object();
        request.put("mode", all ? "all" : "single");
        if (!all) {
            request.put("engine", engine);
        }
        Document created = session.connection().post("/v1/engines/upgrades", request);
        String id = created.text("request_id");
        Console console = session.console();
        if (noWait) {
            if (json) {
                console.json(created.text());
            } else {
                console.say(id);
            }
            return ExitCodes.SUCCEEDED;
        }
        console.noteFaintly("-- upgrade " + id);
        Document task = awaited(id);
        if (json) {
            console.json(task.text());
        }
        return task.text("status").equals("succeeded") ? ExitCodes.SUCCEEDED : ExitCodes.FAILED;
    }

    private Document awaited(String id) throws IOException, InterruptedException {
        int failed = 0;
        while (true) {
            try {
                Document task = session.connection().get("/v1/engines/upgrades/" + Connection.segment(id));
                failed = 0;
                tell(task.tree());
                if (Set.of("succeeded", "failed").contains(task.text("status"))) {
                    return task;
                }
            } catch (IOException e) {
                if (++failed == MOST_FAILED_LOOKS) {
                    throw e;
                }
                if (failed == 1) {
                    session.console().noteFaintly("-- the server can't be heard; trying again");
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private void tell(JsonNode task) {
        Console console = session.console();
        String now = Document.text(task.path("running"), "engine");
        if (!now.isEmpty() && !now.equals(working)) {
            console.noteFaintly("-- " + now);
            working = now;
        }
        task.path("results").propertyStream().forEach(result -> {
            if (told.add(result.getKey()) && !json) {
                tell(result.getKey(), result.getValue());
            }
        });
    }

    private void tell(String name, JsonNode result) {
        Console console = session.console();
        for (String stream : new String[] {"stdout", "stderr"}) {
            String text = Document.text(result, stream).strip();
            if (!text.isEmpty()) {
                console.sayFaintly(text);
            }
        }
        String status = Document.text(result, "status");
        console.say(name + ": " + status + " " + Document.text(result, "version"));
        String error = Objects.requireNonNullElse(Document.text(result, "error"), "");
        if (!error.isEmpty()) {
            console.fault("UPGRADE_" + status.toUpperCase(java.util.Locale.ROOT), name + ": " + error);
        }
    }
}
