package skillrunner.engines;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineTurn;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.engines.codex.CodexDriver;
import skillrunner.engines.gemini.GeminiDriver;
import skillrunner.engines.iflow.IflowDriver;
import skillrunner.engines.opencode.OpencodeDriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** How each engine is told to go on with a conversation. */
class ResumeTest {
    private static final String SESSION = "0199-abc";

    static Stream<Arguments> drivers() {
        return Stream.of(
                arguments(new CodexDriver(), List.of("exec", "-s", "workspace-write", "resume")),
                arguments(new GeminiDriver(), List.of("--resume", SESSION)),
                arguments(new OpencodeDriver(), List.of("--session=" + SESSION)),
                arguments(new IflowDriver(), List.of("--resume", SESSION)));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void a_later_turn_names_the_conversation_and_repeats_all_settings(EngineDriver driver, List<String> expected) {
        EngineCommand first = driver.command(turn(Optional.empty()));
        EngineCommand second = driver.command(turn(Optional.of(SESSION)));

        assertThat(second.arguments()).containsSequence(expected).containsAll(first.arguments());
        assertThat(second.arguments()).anyMatch(argument -> argument.contains(SESSION));
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(second.environment()).isEqualTo(first.environment());
        assertThat(second.prompt()).isEqualTo(first.prompt());
        assertThat(first.arguments())
                .noneMatch(argument -> argument.contains("resume") || argument.contains("session"));
        assertThat(driver.executionModes()).contains(ExecutionMode.INTERACTIVE);
    }

    /** The place of codex's prompt mark is behind the name of the conversation. */
    @ParameterizedTest
    @MethodSource("drivers")
    void the_prompt_comes_last(EngineDriver driver, List<String> expected) {
        List<String> arguments = driver.command(turn(Optional.of(SESSION))).arguments();

        assertThat(Map.of("codex", "-", "iflow", "-p")
                        .getOrDefault(driver.engine().wire(), arguments.get(arguments.size() - 1)))
                .isEqualTo(arguments.get(arguments.size() - 1));
    }

    private static EngineTurn turn(Optional<String> session) {
        return new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.INTERACTIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                session,
                true);
    }
}
