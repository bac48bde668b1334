package skillrunner.application.run.turn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.KeptDialogue;
import skillrunner.domain.run.RunFailureCode;

/**
 * A prompt on its way to a CLI.
 *
 * @param arguments the whole command line after the program
 * @param onStdin whether the process reads it from stdin
 * @param firstLine how it is told to a process that keeps running for more; empty for one that does not
 */
public record PromptHandover(List<String> arguments, boolean onStdin, Optional<String> firstLine) {
    /** Linux takes no single argument of 128 KiB or more; in bytes, with room for what is put before the prompt. */
    static final int MAX_ARGUMENT = 128 * 1024 - 16;

    /** Refuses null parts. */
    public PromptHandover {
        arguments = List.copyOf(arguments);
        Objects.requireNonNull(firstLine);
    }

    /**
     * Hands a prompt over to a CLI that is told nothing else.
     *
     * @param arguments the whole command line after the program
     * @param onStdin whether the process reads it from stdin
     */
    public PromptHandover(List<String> arguments, boolean onStdin) {
        this(arguments, onStdin, Optional.empty());
    }

    /** Hands a prompt over to a CLI that keeps running for more, if there is a way to talk to it. */
    static PromptHandover of(EngineCommand command, String prompt, Optional<KeptDialogue> dialogue) {
        return dialogue.map(way -> new PromptHandover(command.arguments(), true, Optional.of(line(way, prompt))))
                .orElseGet(() -> of(command, prompt));
    }

    /** Writes what a CLI that keeps running is told. */
    static String line(KeptDialogue dialogue, String text) {
        String line = dialogue.line(text);
        if (line.indexOf('\n') >= 0) {
            throw new IllegalStateException("a driver wrote more than one line");
        }
        return line;
    }

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
