package skillrunner.engines.gemini;

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
class GeminiOutputTest {
    private static final String INIT = "{\"type\":\"init\",\"session_id\":\"s-1\",\"model\":\"auto\"}";
    private static final String SUCCESS = "{\"type\":\"result\",\"status\":\"success\",\"stats\":{}}";

    @ParameterizedTest
    @CsvSource({
        "stream, c6f317e6-007d-4165-afde-46b62dd39615",
        "tool, 15388743-973a-4a3c-83cf-33544e1c921e",
        "resume, 89a2ea05-d629-4f3e-b033-d1a015208ae5"
    })
    void a_turn_that_worked_has_an_answer_a_session_and_a_closing_event(String name, String session) {
        for (int chunk : new int[] {1, 7, 64, 100_000}) {
            TurnOutcome outcome = captured(name, chunk);
            assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
            assertThat(outcome.finalText().orElseThrow())
                    .startsWith("{\"status\": \"ok\"")
                    .endsWith("\"stand-in\"}");
            assertThat(outcome.sessionHandle()).hasValue(session);
            assertThat(outcome.signIn().isThere()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigterm-group", "sigterm-hang", "sigterm-tool"})
    void a_turn_that_was_ended_has_no_closing_event(String name) {
        TurnOutcome outcome = captured(name, 64);

        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
        assertThat(outcome.sessionHandle()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e429", "e500", "down", "json"})
    void a_turn_without_output_has_no_closing_event(String name) {
        TurnOutcome outcome = captured(name, 64);

        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.signIn().isThere()).isFalse();
    }

    @Test
    void an_error_of_the_model_is_told_in_its_words() {
        assertThat(captured("model", 64).closing())
                .isInstanceOfSatisfying(Closing.Failed.class, failed -> assertThat(failed.message())
                        .startsWith("[API Error: "));
    }

    @Test
    void an_error_document_behind_noise_on_stderr_is_told_too() {
        assertThat(captured("e404", 64).closing())
                .isInstanceOfSatisfying(Closing.Failed.class, failed -> assertThat(failed.message())
                        .contains("not found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"e401", "login-notty"})
    void a_missing_sign_in_is_seen(String name) {
        assertThat(captured(name, 64).signIn().isThere()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid auth method selected.",
                "Please set an Auth method in your settings.json",
                "[API Error: {\\\"error\\\":{\\\"code\\\":401,\\\"status\\\":\\\"UNAUTHENTICATED\\\"}}]"
            })
    void signs_of_a_missing_sign_in_count_in_the_result(String message) {
        TurnOutcome outcome = outcomeOf(
                INIT, "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"message\":\"" + message + "\"}}");

        assertThat(outcome.signIn().isThere()).isTrue();
        assertThat(outcome.closing()).isInstanceOf(Closing.Failed.class);
    }

    @Test
    void the_answer_is_what_was_said_after_the_last_tool() {
        TurnOutcome outcome = outcomeOf(
                INIT,
                said("I will "),
                said("look."),
                "{\"type\":\"tool_use\",\"tool_id\":\"1\"}",
                "{\"type\":\"tool_result\",\"tool_id\":\"1\",\"output\":\"API key not valid\"}",
                said("{\\\"a\\\":"),
                said(" \\\"数\\\"}"),
                SUCCESS);

        assertThat(outcome.finalText()).hasValue("{\"a\": \"数\"}");
        assertThat(outcome.signIn().isThere()).isFalse();
    }

    @Test
    void the_document_of_the_other_format_is_read_too() {
        TurnOutcome outcome = captured("json2", 64);

        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.finalText().orElseThrow()).contains("\"status\": \"ok\"");
        assertThat(outcome.sessionHandle()).isPresent();
    }

    @Test
    void a_document_behind_noise_is_the_last_one() {
        TurnOutcome outcome = outcomeOf(
                "汉字 noise { \"a\": 1",
                "{\"session_id\": \"one\", \"response\": \"first\"}",
                "{",
                "  \"session_id\": \"two\",",
                "  \"response\": {\"a\": 1},",
                "  \"stats\": {}",
                "}");

        assertThat(outcome.finalText()).hasValue("{\"a\":1}");
        assertThat(outcome.sessionHandle()).hasValue("two");
    }

    @Test
    void a_bare_answer_counts_if_nothing_else_was_said() {
        TurnOutcome bare = outcomeOf("{\"response\": \"{\\\"a\\\":1}\"}");

        assertThat(bare.finalText()).hasValue("{\"a\":1}");
        assertThat(bare.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcomeOf(said("done"), "{\"response\": \"other\"}", SUCCESS).finalText())
                .hasValue("done");
        assertThat(outcomeOf(said("done"), "{\"response\": \"other\"}").closing())
                .isEqualTo(new Closing.Missing());
    }

    /** As other versions of the CLI print it. */
    @Test
    void a_document_on_stderr_counts_if_nothing_was_said_on_stdout() {
        String[] documents = {
            "汉字 noise",
            "{\"session_id\": \"one\", \"response\": \"first\"}",
            "{",
            "  \"session_id\": \"two\",",
            "  \"response\": \"{\\\"a\\\":1}\"",
            "}"
        };

        TurnOutcome outcome = outcomeOf(new String[0], documents);

        assertThat(outcome.finalText()).hasValue("{\"a\":1}");
        assertThat(outcome.sessionHandle()).hasValue("two");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcomeOf(new String[] {INIT}, documents).closing()).isEqualTo(new Closing.Missing());
        assertThat(outcomeOf(new String[] {INIT, said("done"), SUCCESS}, documents)
                        .finalText())
                .hasValue("done");
        assertThat(outcomeOf(new String[0], new String[] {"{\"response\": \"anybody's\"}"})
                        .closing())
                .isEqualTo(new Closing.Missing());
    }

    private static String said(String content) {
        return "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" + content + "\",\"delta\":true}";
    }

    private static TurnOutcome outcomeOf(String... lines) {
        return outcomeOf(lines, new String[0]);
    }

    private static TurnOutcome outcomeOf(String[] stdout, String[] stderr) {
        return Feeding.outcomeOf(
                new GeminiDriver(),
                String.join("\n", stdout).getBytes(StandardCharsets.UTF_8),
                String.join("\n", stderr).getBytes(StandardCharsets.UTF_8),
                5);
    }

    private static TurnOutcome captured(String name, int chunk) {
        return Feeding.outcomeOf(
                new GeminiDriver(),
                Captured.stream("gemini", name, "stdout"),
                Captured.stream("gemini", name, "stderr"),
                chunk);
    }
}
