package skillrunner.engines.opencode;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Captured;
import skillrunner.engines.output.Feeding;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads output captured from the real CLI, and small variations of it. */
class OpencodeOutputTest {
    @ParameterizedTest
    @ValueSource(strings = {"json", "resume", "tool", "tool-ask-auto", "skill-load", "skill-load-rg"})
    void a_turn_that_worked_has_an_answer_a_session_and_a_closing_event(String name) {
        for (int chunk : new int[] {1, 7, 64, 100_000}) {
            TurnOutcome outcome = captured(name, chunk);
            assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
            assertThat(outcome.finalText().orElseThrow()).startsWith("{\"status\": \"ok\"");
            assertThat(outcome.sessionHandle().orElseThrow()).startsWith("ses_");
            assertThat(outcome.signIn().isThere()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigterm-hang", "sigterm-tool", "tool-ask", "resume-bad"})
    void a_turn_that_did_not_stop_by_itself_has_no_closing_event(String name) {
        TurnOutcome outcome = captured(name, 64);

        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
        assertThat(outcome.finalText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "e401, Incorrect API key provided (stub), true",
        "e404, The model does not exist (stub), false",
        "e429, stub quota, false",
        "e500, stub internal, false",
        "model, Unexpected server error. Check server logs for details., false"
    })
    void an_error_is_told_in_its_words(String name, String message, boolean signInWanted) {
        TurnOutcome outcome = captured(name, 64);

        assertThat(outcome.closing()).isEqualTo(new Closing.Failed(message));
        assertThat(outcome.signIn().isThere()).isEqualTo(signInWanted);
    }

    @Test
    void the_text_parts_of_the_last_message_are_the_answer() {
        TurnOutcome outcome = outcomeOf(
                START, text("I will look."), finish("tool-calls"), START, text("{"), text("数}"), finish("stop"));

        assertThat(outcome.finalText()).hasValue("{数}");
        assertThat(outcome.sessionHandle()).hasValue("s");
    }

    @Test
    void a_part_that_is_said_again_counts_once_and_another_message_begins_anew() {
        TurnOutcome outcome = outcomeOf(
                START,
                part("m1", "p1", "draft"),
                part("m2", "p2", "{"),
                part("m2", "p3", "x"),
                part("m2", "p3", "}"),
                finish("stop"));

        assertThat(outcome.finalText()).hasValue("{}");
    }

    @Test
    void a_last_step_without_text_leaves_the_text_before_it() {
        TurnOutcome outcome = outcomeOf(START, text("said"), finish("tool-calls"), START, finish("stop"));

        assertThat(outcome.finalText()).hasValue("said");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "other", "brand-new"})
    void a_closing_reason_that_nobody_knows_leaves_the_answer_to_tell(String reason) {
        assertThat(outcomeOf(START, text("x"), finish(reason)).closing()).isEqualTo(new Closing.Unclear(reason));
    }

    @Test
    void an_error_after_the_last_step_counts() {
        assertThat(outcomeOf(START, text("x"), finish("stop"), "{\"type\":\"error\",\"error\":{\"name\":\"Late\"}}")
                        .closing())
                .isEqualTo(new Closing.Failed("Late"));
    }

    @Test
    void a_step_that_was_cut_off_by_the_model_is_a_failure() {
        assertThat(outcomeOf(START, text("x"), finish("length")).closing())
                .isEqualTo(new Closing.Failed("The last step ended by: length"));
    }

    @Test
    void a_provider_that_is_not_signed_in_is_seen() {
        assertThat(outcomeOf("{\"type\":\"error\",\"error\":{\"name\":\"ProviderAuthError\",\"data\":{}}}")
                        .signIn()
                        .isThere())
                .isTrue();
    }

    private static final String START = "{\"type\":\"step_start\",\"sessionID\":\"s\",\"part\":{}}";

    private static String text(String text) {
        return "{\"type\":\"text\",\"sessionID\":\"s\",\"part\":{\"type\":\"text\",\"text\":\"" + text + "\"}}";
    }

    private static String part(String message, String id, String text) {
        return text(text)
                .replace(
                        "{\"type\":\"text\",\"text",
                        "{\"id\":\"" + id + "\",\"messageID\":\"" + message + "\",\"type\":\"text\",\"text");
    }

    private static String finish(String reason) {
        return "{\"type\":\"step_finish\",\"sessionID\":\"s\",\"part\":{\"reason\":\"" + reason + "\"}}";
    }

    private static TurnOutcome outcomeOf(String... lines) {
        return Feeding.outcomeOf(
                new OpencodeDriver(), String.join("\n", lines).getBytes(StandardCharsets.UTF_8), new byte[0], 5);
    }

    private static TurnOutcome captured(String name, int chunk) {
        return Feeding.outcomeOf(
                new OpencodeDriver(),
                Captured.stream("opencode", name, "stdout"),
                Captured.stream("opencode", name, "stderr"),
                chunk);
    }
}
