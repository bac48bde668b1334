package skillrunner.standin;

import java.util.Map;

/** The scenarios that every server offers by name. */
final class BuiltInScenarios {

    private static final String SHELL_COMMAND = "echo hello-from-tool > out.txt && cat out.txt";

    private BuiltInScenarios() {}

    static Map<String, Scenario> byName() {
        return Map.ofEntries(
                Map.entry("json", turn -> new Answer.Text(result(turn))),
                Map.entry("tool", BuiltInScenarios::toolThenResult),
                Map.entry("follow", new FollowScenario()),
                Map.entry(
                        "fenced",
                        turn -> new Answer.Text(
                                "Here is the result:\n\n```json\n" + result(turn) + "\n```\n\nAnything else?")),
                Map.entry(
                        "bad-json",
                        turn -> new Answer.Text("The result is {\"status\": \"ok\", turn " + turn.number())),
                Map.entry("e401", turn -> new Answer.HttpError(401, "Incorrect API key provided (stand-in)")),
                Map.entry("e404", turn -> new Answer.HttpError(404, "The model does not exist (stand-in)")),
                Map.entry("e429", turn -> new Answer.HttpError(429, "Rate limit reached (stand-in)")),
                Map.entry("e500", turn -> new Answer.HttpError(500, "The server had an error (stand-in)")),
                Map.entry("reset", turn -> new Answer.Reset()),
                Map.entry("hang", turn -> new Answer.Hang()));
    }

    /** Decides by the tool's output and not by the turn number, so a resumed conversation calls the tool again. */
    private static Answer toolThenResult(ModelTurn turn) {
        return turn.toolOutput().isPresent() ? new Answer.Text(result(turn)) : new Answer.ToolCall(SHELL_COMMAND);
    }

    private static String result(ModelTurn turn) {
        return "{\"status\":\"ok\",\"turn\":" + turn.number() + ",\"note\":\"stand-in\"}";
    }
}
