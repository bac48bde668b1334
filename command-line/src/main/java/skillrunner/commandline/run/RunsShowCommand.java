package skillrunner.commandline.run;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.TextTable;
import skillrunner.commandline.terminal.VisibleText;
import tools.jackson.databind.JsonNode;

/** {@code runs show}. */
@Command(name = "show", description = "Show how a run stands.", mixinStandardHelpOptions = true)
final class RunsShowCommand implements Callable<Integer> {
    private static final List<String> FACTS = List.of(
            "request_id", "run_id", "status", "skill_id", "engine", "created_at", "updated_at", "queue_position");

    private final Session session;

    @Parameters(paramLabel = "REQUEST", description = "The id of the request.")
    private String requestId = "";

    @Option(names = "--json", description = "Print JSON as GET /v1/management/runs/REQUEST answers.")
    private boolean json;

    RunsShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Document state = session.connection().get("/v1/management/runs/" + Connection.segment(requestId));
        Console console = session.console();
        if (json) {
            console.json(state.text());
            return ExitCodes.SUCCEEDED;
        }
        for (String fact : FACTS) {
            fact(fact, state.text(fact));
        }
        JsonNode asked = state.tree().path("request");
        fact("model", Document.text(asked, "model"));
        for (String name : List.of("input", "parameter", "runtime_options")) {
            JsonNode values = asked.path(name);
            fact(name, values.isEmpty() ? "" : values.toString());
        }
        fact("error", error(state.tree().path("error")));
        state.tree().path("warnings").forEach(warning -> fact("warning", warning.asString("")));
        JsonNode receipt = state.tree().path("receipt");
        if (receipt.isObject()) {
            fact("exit_code", Document.text(receipt, "exit_code"));
            fact(
                    "output",
                    Document.text(receipt.path("stdout"), "bytes") + " bytes, SHA-256 "
                            + Document.text(receipt.path("stdout"), "sha256"));
        }
        TextTable milestones = new TextTable("AT", "STATUS");
        for (JsonNode milestone : state.tree().path("milestones")) {
            milestones.row(Document.text(milestone, "at"), Document.text(milestone, "status"));
        }
        console.say("");
        console.say(milestones);
        if (!state.text("pending_interaction_id").isEmpty()) {
            console.say("");
            new RunQuestions(session.connection(), requestId)
                    .pending()
                    .ifPresent(question -> new QuestionForm(question).lines().forEach(console::say));
        }
        return ExitCodes.SUCCEEDED;
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            session.console().say(String.format("%-15s  %s", name, VisibleText.line(value)));
        }
    }

    private static String error(JsonNode error) {
        return error.isObject() ? Document.text(error, "code") + ": " + Document.text(error, "message") : "";
    }
}
