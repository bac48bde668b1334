package skillrunner.engines.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the scripted CLI of an engine as its driver says, and reads its output with the driver's parser. */
public final class ScriptedTurn {
    private ScriptedTurn() {}

    /** Returns what a turn with this prompt came to. */
    public static TurnOutcome outcomeOf(EngineDriver driver, Path directory, String prompt) throws Exception {
        EngineTurn turn = new EngineTurn(
                new SkillId("demo"),
                directory.toString(),
                ExecutionMode.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        EngineCommand called = driver.command(turn);
        List<String> command = new ArrayList<>();
        command.add(ScriptedCli.install(directory, driver.engine()).toString());
        command.addAll(called.arguments());
        boolean onStdin = called.prompt() == EngineCommand.Prompt.STDIN;
        if (!onStdin) {
            command.add(prompt);
        }
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Files.writeString(directory.resolve("prompt"), onStdin ? prompt : "")
                        .toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Feeding.outcomeOf(
                driver,
                Files.readAllBytes(directory.resolve("stdout")),
                Files.readAllBytes(directory.resolve("stderr")),
                512);
    }
}
