package skillrunner.commandline.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.TextTable;
import tools.jackson.databind.JsonNode;

/** {@code runs list}. */
@Command(name = "list", description = "List runs, newest first.", mixinStandardHelpOptions = true)
final class RunsListCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--limit", paramLabel = "N", description = "How many; ${DEFAULT-VALUE} without it, at most 1000.")
    private int limit = 20;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only these; several separated by commas.")
    @Nullable
    private String status;

    @Option(names = "--skill", paramLabel = "ID", description = "Only runs of this skill.")
    @Nullable
    private String skill;

    @Option(names = "--engine", paramLabel = "NAME", description = "Only runs on this engine.")
    @Nullable
    private String engine;

    @Option(names = "--since", paramLabel = "MOMENT", description = "Only those asked for since then (RFC 3339).")
    @Nullable
    private String since;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where another page ended.")
    @Nullable
    private String cursor;

    @Option(names = "--json", description = "Print JSON as GET /v1/management/runs answers.")
    private boolean json;

    RunsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", Integer.toString(limit));
        put(query, "status", status);
        put(query, "skill_id", skill);
        put(query, "engine", engine);
        put(query, "since", since);
        put(query, "cursor", cursor);
        Document page = session.connection().get("/v1/management/runs" + Connection.query(query));
        Console console = session.console();
        if (json) {
            console.json(page.text());
            return ExitCodes.SUCCEEDED;
        }
        TextTable table = new TextTable("REQUEST", "STATUS", "SKILL", "ENGINE", "CREATED", "");
        for (JsonNode waiting : page.tree().path("awaiting_upload")) {
            row(table, waiting, "awaiting_upload", "");
        }
        for (JsonNode run : page.tree().path("runs")) {
            row(table, run, Document.text(run, "status"), remark(run));
        }
        console.say(table);
        String next = page.text("next_cursor");
        if (!next.isEmpty()) {
            console.noteFaintly("There are more: --cursor " + next);
        }
        return ExitCodes.SUCCEEDED;
    }

    private static void row(TextTable table, JsonNode run, String status, String remark) {
        table.row(
                Document.text(run, "request_id"),
                status,
                Document.text(run, "skill_id"),
                Document.text(run, "engine"),
                Document.text(run, "created_at").replaceFirst("\\.\\d+Z$", "Z"),
                remark);
    }

    private static String remark(JsonNode run) {
        if (run.path("error").isObject()) {
            return Document.text(run.path("error"), "code");
        }
        String position = Document.text(run, "queue_position");
        if (!position.isEmpty()) {
            return "place " + position;
        }
        return Document.text(run, "pending_interaction_id").isEmpty() ? "" : "asks";
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
