package skillrunner.testkit.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.EngineEvent.Message;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.FileRefusal;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts.Closing;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules by which events come to an outcome. */
class TurnAccountTest {
    private static final OutputRange OUT = new OutputRange(OutputStreamKind.STDOUT, 0, 1);
    private static final OutputRange ERR = new OutputRange(OutputStreamKind.STDERR, 0, 1);

    private static final EngineEvent TOOL = new EngineEvent.ToolResult(
            OUT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            EngineEvent.ToolResult.Ending.SUCCEEDED,
            OptionalInt.empty());
    private static final EngineEvent COMPLETED = new EngineEvent.Closing(OUT, new Closing.Completed());

    private final TurnAccount account = new TurnAccount((stream, text) -> text.contains("sesame")
            ? stream == OutputStreamKind.STDERR ? SignInSign.DEMAND : SignInSign.WORDS
            : SignInSign.NONE);

    @Test
    void nothing_said_is_nothing_closed() {
        assertThat(outcome())
                .isEqualTo(new TurnOutcome(Optional.empty(), new Closing.Missing(), Optional.empty(), SignInSign.NONE));
    }

    @Test
    void the_last_message_that_has_text_is_the_answer() {
        assertThat(outcome(whole("first"), whole("second"), whole("")).finalText())
                .hasValue("second");
    }

    @Test
    void pieces_without_a_name_go_on_until_a_tool_has_ended() {
        assertThat(outcome(piece("a"), piece("b"), TOOL, piece("c"), piece("d")).finalText())
                .hasValue("cd");
        assertThat(outcome(TOOL).finalText()).hasValue("cd");
    }

    @Test
    void pieces_of_one_name_belong_together_whatever_stands_between_and_another_name_begins_anew() {
        assertThat(outcome(piece("m", "1", "a"), TOOL, piece("m", "2", "b")).finalText())
                .hasValue("ab");
        assertThat(outcome(piece("n", "3", "c")).finalText()).hasValue("c");
    }

    @Test
    void a_part_that_comes_again_takes_the_place_of_the_one_before() {
        assertThat(outcome(piece("m", "1", "a"), piece("m", "2", "draft"), piece("m", "2", "b"))
                        .finalText())
                .hasValue("ab");
    }

    @Test
    void a_turn_forgets_what_was_said_before_it_and_a_step_only_how_it_was_closed() {
        assertThat(outcome(whole("said"), COMPLETED, new EngineEvent.StepBegan(OUT)))
                .satisfies(told -> assertThat(told.finalText()).hasValue("said"))
                .satisfies(told -> assertThat(told.closing()).isEqualTo(new Closing.Missing()));
        assertThat(outcome(COMPLETED, new EngineEvent.TurnBegan(OUT)))
                .satisfies(told -> assertThat(told.finalText()).isEmpty())
                .satisfies(told -> assertThat(told.closing()).isEqualTo(new Closing.Missing()));
    }

    @Test
    void the_last_closing_counts() {
        Closing failed = new Closing.Failed("late");

        assertThat(outcome(COMPLETED, new EngineEvent.Closing(OUT, failed)).closing())
                .isEqualTo(failed);
    }

    @Test
    void a_tool_that_did_not_run_is_held_back_until_another_runs() {
        EngineEvent call = new EngineEvent.ToolCall(OUT, Optional.empty(), "shell", "rm -rf /");
        assertThat(outcome(call).heldBack()).contains("rm -rf /");
        assertThat(outcome(call, refused("rm -rf /srv")).heldBack()).contains("rm -rf /srv");

        assertThat(outcome(call, failed(OptionalInt.of(1))).heldBack()).isEmpty();
        assertThat(outcome(refused("rm"), TOOL).heldBack()).isEmpty();
        assertThat(outcome(whole("run: rm -rf /")).heldBack()).isEmpty();
    }

    private static EngineEvent refused(String command) {
        return new EngineEvent.ToolResult(
                OUT,
                Optional.empty(),
                Optional.of("shell"),
                Optional.of(command),
                EngineEvent.ToolResult.Ending.FAILED,
                OptionalInt.empty());
    }

    private static EngineEvent failed(OptionalInt exitCode) {
        return new EngineEvent.ToolResult(
                OUT,
                Optional.empty(),
                Optional.of("shell"),
                Optional.of("false"),
                EngineEvent.ToolResult.Ending.FAILED,
                exitCode);
    }

    @Test
    void stderr_counts_only_for_what_stdout_does_not_say() {
        outcome(
                Message.whole(ERR, Optional.of("err")),
                new EngineEvent.SessionNamed(ERR, "err"),
                new EngineEvent.ModelUsed(ERR, "err"),
                new EngineEvent.Closing(ERR, new Closing.Failed("err")));
        assertThat(outcome())
                .isEqualTo(new TurnOutcome(
                        Optional.of("err"),
                        new Closing.Failed("err"),
                        Optional.of("err"),
                        SignInSign.NONE,
                        false,
                        FileRefusal.NONE,
                        new EngineTold(Optional.empty(), List.of("err")),
                        Optional.empty(),
                        false));

        assertThat(outcome(
                        whole("out"),
                        new EngineEvent.SessionNamed(OUT, "out"),
                        new EngineEvent.ModelUsed(OUT, "out"),
                        COMPLETED))
                .isEqualTo(new TurnOutcome(
                        Optional.of("out"),
                        new Closing.Completed(),
                        Optional.of("out"),
                        SignInSign.NONE,
                        false,
                        FileRefusal.NONE,
                        new EngineTold(Optional.empty(), List.of("out")),
                        Optional.empty(),
                        false));
    }

    /** Whatever the model writes goes to stdout, and a tool's words come with its result. */
    @Test
    void a_file_that_the_system_refused_is_told_by_stderr_alone() {
        EngineEvent.Raw.Sort text = EngineEvent.Raw.Sort.TEXT;

        assertThat(outcome(new EngineEvent.Raw(OUT, "OSError: [Errno 27] File too large", true, text))
                        .fileRefusal())
                .isEqualTo(FileRefusal.NONE);
        assertThat(outcome(new EngineEvent.Raw(ERR, "no space", true, text)).fileRefusal())
                .isEqualTo(FileRefusal.NONE);
        assertThat(outcome(
                                new EngineEvent.Raw(ERR, "OSError: [Errno 27] File too large", true, text),
                                new EngineEvent.Raw(ERR, "more", true, text))
                        .fileRefusal())
                .isEqualTo(FileRefusal.TOLD);
    }

    /** What writes for people says everything in one message on each stream. */
    @Test
    void a_refused_file_is_told_in_any_line_of_a_message_on_stderr() {
        Optional<String> words = Optional.of("Working.\nOSError: [Errno 27] File too large\nBye.");

        assertThat(outcome(Message.whole(OUT, words)).fileRefusal()).isEqualTo(FileRefusal.NONE);
        assertThat(outcome(Message.whole(ERR, words)).fileRefusal()).isEqualTo(FileRefusal.TOLD);
    }

    /** The exit code of a command is the engine's word, on whatever stream it tells its events. */
    @Test
    void a_command_that_was_ended_for_a_file_leaves_no_doubt() {
        for (int code : new int[] {1, 153}) {
            EngineEvent.ToolResult result = new EngineEvent.ToolResult(
                    OUT,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    EngineEvent.ToolResult.Ending.UNKNOWN,
                    OptionalInt.of(code));

            assertThat(outcome(result, whole("done")).fileRefusal())
                    .isEqualTo(code == 153 ? FileRefusal.ENDED : FileRefusal.NONE);
        }
    }

    @Test
    void a_message_that_is_too_long_is_told_and_leaves_no_older_answer_and_none_of_stderr() {
        TurnOutcome told =
                outcome(Message.whole(ERR, Optional.of("err")), whole("old"), Message.whole(OUT, Optional.empty()));

        assertThat(told.finalText()).isEmpty();
        assertThat(told.answerTooLarge()).isTrue();
    }

    @Test
    void pieces_are_too_long_together_as_well() {
        String half = "x".repeat(OutputCandidates.MOST_CHARACTERS / 2);

        assertThat(outcome(piece(half), piece(half)).finalText()).isPresent();
        assertThat(outcome(piece("x"))).satisfies(told -> {
            assertThat(told.finalText()).isEmpty();
            assertThat(told.answerTooLarge()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 16_383, 16_384, 100_000})
    void words_for_a_sign_in_are_found_in_text_wherever_they_stand(int before) {
        String text = "x".repeat(before) + "open sesame" + "x".repeat(before);

        assertThat(outcome(raw(ERR, text)).signIn()).isEqualTo(SignInSign.DEMAND);
    }

    @Test
    void words_are_found_at_the_end_of_a_flood_of_lines() {
        for (int i = 0; i < 3_000; i++) {
            account.accept(raw(ERR, "x".repeat(1_000)));
        }

        assertThat(outcome(raw(ERR, "open sesame")).signIn()).isEqualTo(SignInSign.DEMAND);
    }

    @Test
    void what_is_no_text_beside_the_events_is_not_searched_for_words() {
        assertThat(outcome(
                                whole("sesame"),
                                new EngineEvent.Raw(OUT, "sesame", true, EngineEvent.Raw.Sort.RECORD),
                                new EngineEvent.Notice(OUT, "sesame"))
                        .signIn())
                .isEqualTo(SignInSign.NONE);
        assertThat(outcome(raw(OUT, "sesame")).signIn()).isEqualTo(SignInSign.WORDS);
        assertThat(outcome(new EngineEvent.SignInAsked(OUT, SignInSign.DEMAND)).signIn())
                .isEqualTo(SignInSign.DEMAND);
    }

    private TurnOutcome outcome(EngineEvent... events) {
        for (EngineEvent event : events) {
            account.accept(event);
        }
        return account.outcome();
    }

    private static EngineEvent whole(String text) {
        return Message.whole(OUT, Optional.of(text));
    }

    private static EngineEvent piece(String text) {
        return new Message(OUT, Optional.of(text), Message.Extent.PIECE, Optional.empty(), Optional.empty());
    }

    private static EngineEvent piece(String message, String part, String text) {
        return new Message(OUT, Optional.of(text), Message.Extent.PIECE, Optional.of(message), Optional.of(part));
    }

    private static EngineEvent raw(OutputRange at, String text) {
        return new EngineEvent.Raw(at, text, true, EngineEvent.Raw.Sort.TEXT);
    }
}
