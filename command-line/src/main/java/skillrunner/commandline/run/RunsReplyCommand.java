package skillrunner.commandline.run;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code runs reply}. */
@Command(name = "reply", description = "Answer the question a run waits for.", mixinStandardHelpOptions = true)
final class RunsReplyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "REQUEST", description = "The id of the request.")
    private String requestId = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ANSWER",
            description = "The answer: words, @FILE for those of a file, @- for standard input.")
    @Nullable
    private String answer;

    @Option(names = "--value", paramLabel = "JSON", description = "The answer as JSON instead of words.")
    @Nullable
    private String value;

    @Option(
            names = "--question",
            paramLabel = "N",
            description = "The number of the question, so that no other is answered; the one that waits without it.")
    @Nullable
    private Integer number;

    @Option(names = "--json", description = "Print JSON as the server answers.")
    private boolean json;

    RunsReplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((answer == null) == (value == null)) {
            throw CommandFailedException.usage("an ANSWER or --value is needed, and only one of them");
        }
        JsonNode response = response();
        RunQuestions questions = new RunQuestions(session.connection(), requestId);
        Document told = questions.reply(number == null ? pending(questions) : number, response);
        if (json) {
            session.console().json(told.text());
        } else {
            session.console().say("answered; the run is " + told.text("status"));
        }
        return ExitCodes.SUCCEEDED;
    }

    private int pending(RunQuestions questions) throws IOException, InterruptedException {
        Optional<JsonNode> question = questions.pending();
        return question.map(one -> one.path("interaction_id").asInt(0))
                .orElseThrow(
                        () -> CommandFailedException.refused("INTERACTION_NOT_PENDING", "the run waits for no answer"));
    }

    private JsonNode response() {
        if (answer != null) {
            return Json.tree(Argument.content(answer, session.surroundings()));
        }
        try {
            return Json.read(Argument.content(String.valueOf(value), session.surroundings()));
        } catch (JacksonException e) {
            throw CommandFailedException.usage("--value: this is no JSON: " + e.getOriginalMessage());
        }
    }
}
