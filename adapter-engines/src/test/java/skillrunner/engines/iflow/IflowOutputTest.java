package skillrunner.engines.iflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Feeding;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class IflowOutputTest {
    private static final String INFO =
            "<Execution Info>\n{\n  \"session-id\": \"s-1\",\n  \"assistantRounds\": 1\n}\n</Execution Info>\n";

    @Test
    void the_text_before_the_block_is_the_answer() {
        TurnOutcome outcome = outcomeOf("{\"a\":\n\n 1}\n" + INFO, "");

        assertThat(outcome.finalText()).hasValue("{\"a\":\n\n 1}");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.sessionHandle()).hasValue("s-1");
    }

    @Test
    void the_last_of_several_rounds_counts() {
        TurnOutcome outcome = outcomeOf("first\n" + INFO + "second\n" + INFO.replace("s-1", "s-2"), "");

        assertThat(outcome.finalText()).hasValue("second");
        assertThat(outcome.sessionHandle()).hasValue("s-2");
    }

    @Test
    void text_after_the_last_block_counts_and_the_resumed_session_does_not() {
        assertThat(outcomeOf("first\n" + INFO + "last\n", "").finalText()).hasValue("last");
        assertThat(outcomeOf("first\n" + INFO + "Resuming session s-1 ...\n", "")
                        .finalText())
                .hasValue("first");
        assertThat(outcomeOf("Resuming session s-1\n", "").finalText()).isEmpty();
    }

    @Test
    void the_block_may_come_on_the_other_stream_with_text_behind_it() {
        TurnOutcome outcome = outcomeOf("the answer\n", INFO + "a warning\n");

        assertThat(outcome.finalText()).hasValue("the answer");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.sessionHandle()).hasValue("s-1");
    }

    @Test
    void stderr_counts_only_if_stdout_has_no_text() {
        assertThat(outcomeOf(INFO, "the answer\n").finalText()).hasValue("the answer");
        assertThat(outcomeOf("", "").finalText()).isEmpty();
    }

    @Test
    void a_torn_block_closes_nothing_and_is_no_text() {
        TurnOutcome outcome = outcomeOf("the answer\n<Execution Info>\n{\"session-id\": \"s-", "");

        assertThat(outcome.finalText()).hasValue("the answer");
        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
        assertThat(outcome.sessionHandle()).isEmpty();
    }

    @Test
    void an_answer_whose_beginning_is_lost_is_none() {
        String flood = "x".repeat(IflowPieces.LONGEST + 1);

        assertThat(outcomeOf(flood, "").finalText()).isEmpty();
        assertThat(outcomeOf(flood, "").answerTooLarge()).isTrue();
        assertThat(outcomeOf(flood + "\n" + INFO + "answer\n" + INFO, "").finalText())
                .hasValue("answer");
    }

    @Test
    void a_text_that_is_too_long_is_told_alike_however_it_comes() {
        byte[] text = ("x".repeat(IflowPieces.LONGEST + 40_000) + "401 Unauthorized\n" + INFO + "more")
                .getBytes(StandardCharsets.UTF_8);
        long end = IflowPieces.LONGEST + 40_017;
        List<EngineEvent> told = new ArrayList<>();
        for (int chunk : new int[] {1_000, 65_536, text.length}) {
            List<EngineEvent> events = new ArrayList<>();
            EngineOutputReader reader = new IflowDriver().newReader(OutputPosition.START, events::add);
            Feeding.feed(reader, OutputStreamKind.STDOUT, text, chunk);
            reader.finish();
            if (told.isEmpty()) {
                told.addAll(events);
            }
            assertThat(events).isEqualTo(told);
        }

        OutputRange first = new OutputRange(OutputStreamKind.STDOUT, 0, end);
        assertThat(told)
                .startsWith(
                        new EngineEvent.SignInAsked(first, SignInSign.DEMAND),
                        EngineEvent.Message.whole(first, Optional.empty()))
                .hasSize(5);
    }

    @Test
    void a_wish_for_a_sign_in_is_seen_on_either_stream() {
        assertThat(outcomeOf("请需要使用服务器 OAuth2 流程\n", "").signIn().isThere()).isTrue();
        assertThat(outcomeOf("", "SERVER_OAUTH2_REQUIRED").signIn().isThere()).isTrue();
        assertThat(outcomeOf("done" + INFO, "").signIn().isThere()).isFalse();
    }

    @Test
    void what_the_model_says_on_stdout_is_no_wish_for_a_sign_in_as_long_as_it_is_mere_words() {
        String prose = "The users are not logged in: their session expired, so the page says 请先登录 and HTTP 401.\n";

        assertThat(outcomeOf(prose, "").signIn()).isEqualTo(SignInSign.NONE);
        assertThat(outcomeOf("", prose).signIn()).isEqualTo(SignInSign.WORDS);
        assertThat(outcomeOf(prose + "401 Unauthorized", prose).signIn()).isEqualTo(SignInSign.DEMAND);
    }

    @Test
    void no_bytes_make_it_throw() {
        Seeds.tryOn(300, draws -> {
            byte[] noise = draws.bytes(300);
            int chunk = draws.between(1, 64);
            byte[] end = ("\n" + INFO).getBytes(StandardCharsets.UTF_8);
            byte[] stdout = Arrays.copyOf(noise, noise.length + end.length);
            System.arraycopy(end, 0, stdout, noise.length, end.length);

            assertThat(Feeding.outcomeOf(new IflowDriver(), stdout, noise, chunk)
                            .closing())
                    .isEqualTo(new Closing.Completed());
        });
    }

    private static TurnOutcome outcomeOf(String stdout, String stderr) {
        return Feeding.outcomeOf(
                new IflowDriver(), stdout.getBytes(StandardCharsets.UTF_8), stderr.getBytes(StandardCharsets.UTF_8), 7);
    }
}
