package skillrunner.application.run.turn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import skillrunner.application.engine.EngineCommand;
import skillrunner.domain.run.RunFailureCode;

/**
 * A prompt on its way to a CLI.
 *
 * @param arguments the whole command line after the program
 * @param onStdin whether the process reads it from stdin
 */
public record PromptHandover(List<String> arguments, boolean onStdin) {
    /** Linux takes no single argument of 128 KiB or more; in bytes, with room for what is put before the prompt. */
    static final int MAX_ARGUMENT = 128 * 1024 - 16;

    /**
     * Hands a prompt over the way the command asks for.
     *
     * @throws TurnRefusedException if the prompt is too long for an argument
     */
    static PromptHandover of(EngineCommand command, String prompt) {
        return switch (command.prompt()) {
            case STDIN -> new PromptHandover(command.arguments(), true);
            case LAST_ARGUMENT -> {
                List<String> arguments = new ArrayList<>(command.arguments());
                arguments.add(argument(prompt));
                yield new PromptHandover(List.copyOf(arguments), false);
            }
        };
    }

    /** A prompt that begins like an option is moved off the argument's first place. An argument can't hold a NUL at all. */
    private static String argument(String prompt) {
        String text = prompt.replace('\0', '\uFFFD');
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ARGUMENT) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED,
                    "The prompt has more than " + MAX_ARGUMENT + " bytes, and this engine takes no longer one");
        }
        return text.startsWith("-") ? " " + text : text;
    }
}
