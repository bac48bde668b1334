package skillrunner.standin;

import java.util.List;
import java.util.Optional;

/**
 * Plays a model that does what the prompt asks: runs the last {@code sh} block of the newest user message that has one,
 * then answers with the last JSON object that the command printed on a line of its own.
 */
final class FollowScenario implements Scenario {

    @Override
    public Answer answer(ModelTurn turn) {
        if (turn.toolOutput().isPresent()) {
            return new Answer.Text(lastJsonObjectLine(turn.toolOutput().get()).orElse("{\"error\":\"no output\"}"));
        }
        Optional<String> command = command(turn.userTexts());
        return command.isPresent() ? new Answer.ToolCall(command.get()) : new Answer.Text("{\"error\":\"no command\"}");
    }

    /** Looks backwards, because CLIs put messages of their own before and after the prompt. */
    private static Optional<String> command(List<String> userTexts) {
        for (int i = userTexts.size() - 1; i >= 0; i--) {
            Optional<String> block = FencedBlocks.last(userTexts.get(i), "sh");
            if (block.isPresent()) {
                return block;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> lastJsonObjectLine(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .reduce((earlier, later) -> later);
    }
}
