package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Captured;
import skillrunner.engines.output.Feeding;

import static org.assertj.core.api.Assertions.assertThat;

class CodexOutputTest {
    private static final String ANSWER = "{\"status\": \"ok\", \"turn\": 2, \"note\": \"stand-in\"}";
    private static final String FAILED_401 =
            "unexpected status 401 Unauthorized: Incorrect API key provided (stub), url: http://127.0.0.1:<PORT>/s/e401/v1/responses";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    json                | completed | 2    | 01a200d6-5933-7ff1-8e23-6890b3837fff | false
                    schema              | completed | 2    | 01a200e2-b2bb-73e1-a48c-e066abb1e56b | false
                    model               | completed | 2    | 01a200d7-58c0-7641-af36-e5467c763689 | false
                    skills              | completed | 2    | 01a200df-0527-7ea2-95ce-d834c04eb633 | false
                    resume              | completed | 3    | 01a200d6-5933-7ff1-8e23-6890b3837fff | false
                    resume-othercwd     | completed | 5    | 01a200d6-5933-7ff1-8e23-6890b3837fff | false
                    tool                | completed | 2    | 01a200d9-7c4e-7052-923f-0f99f55cbb88 | false
                    tool-ws             | completed | 2    | 01a200d9-7b01-7fa0-a0f1-27b00f6536cc | false
                    tool-default        | completed | 2    | 01a200d9-799b-7ee3-b8a2-216e4e2dc66f | false
                    nokey               | failed    |      | 01a200d7-57dc-7b03-bce8-690d292b7d06 | false
                    e401                | failed    |      | 01a200da-3a1f-7841-8942-fb283464f07d | true
                    e404                | failed    |      | 01a200da-4553-78a1-b1b2-72f2868edc98 | false
                    e429                | failed    |      | 01a200da-42af-7510-b5cd-ab1a0e0f677e | false
                    e500                | failed    |      | 01a200da-3dae-79c1-a93f-be0f9c0ebfd1 | false
                    down                | missing   |      | 01a200da-4797-79a2-ab2e-7f54cd3f9921 | false
                    sigterm-hang        | missing   |      | 01a200dc-b86c-7692-8bef-a56d30647c2b | false
                    sigterm-tool        | missing   |      | 01a200dc-a0dd-7843-9e56-239d24fb9284 | false
                    sigint-tool         | missing   |      | 01a200dc-acb9-72e3-8994-19ef7eafdc48 | false
                    resume-bad          | missing   |      |                                      | false
                    fullauto            | missing   |      |                                      | false
                    nogit               | missing   |      |                                      | false
                    profile-legacy      | missing   |      |                                      | false
                    profile-v2-resume   | missing   |      |                                      | false
                    """)
    void every_captured_run_comes_to_what_it_was_and_chunks_do_not_matter(
            String run, String closing, Integer turn, String thread, boolean signInWanted) {
        for (int chunk : new int[] {1, 7, 4096}) {
            TurnOutcome outcome = Feeding.outcomeOf(
                    new CodexDriver(),
                    Captured.stream("codex", run, "stdout"),
                    Captured.stream("codex", run, "stderr"),
                    chunk);

            assertThat(outcome.closing().getClass().getSimpleName()).isEqualToIgnoringCase(closing);
            assertThat(outcome.finalText())
                    .isEqualTo(Optional.ofNullable(turn).map(n -> ANSWER.replace("2", n.toString())));
            assertThat(outcome.sessionHandle()).isEqualTo(Optional.ofNullable(thread));
            assertThat(outcome.signIn().isThere()).isEqualTo(signInWanted);
        }
    }

    @Test
    void a_failed_turn_keeps_the_engines_words() {
        assertThat(Feeding.outcomeOf(new CodexDriver(), Captured.stream("codex", "e401", "stdout"), new byte[0], 4096)
                        .closing())
                .isEqualTo(new Closing.Failed(FAILED_401));
    }

    @Test
    void trouble_without_a_closing_line_is_no_failure() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                "{\"type\":\"turn.started\"}",
                "{\"type\":\"error\",\"message\":\"Reconnecting... 1/5\"}");

        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
    }

    @Test
    void a_turn_that_got_over_its_trouble_is_complete() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                "{\"type\":\"error\",\"message\":\"Reconnecting... 1/5\"}",
                said("done"),
                "{\"type\":\"turn.completed\"}");

        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.finalText()).hasValue("done");
    }

    @Test
    void the_last_message_is_the_final_text() {
        assertThat(Feeding.outcomeOf(new CodexDriver(), said("first"), said("second"))
                        .finalText())
                .hasValue("second");
    }

    @Test
    void a_turn_does_not_inherit_the_text_or_the_end_of_the_one_before() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(), said("old"), "{\"type\":\"turn.completed\"}", "{\"type\":\"turn.started\"}");

        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.closing()).isEqualTo(new Closing.Missing());
    }

    @Test
    void a_torn_closing_line_does_not_close_the_turn() {
        assertThat(Feeding.outcomeOf(new CodexDriver(), said("done"), "{\"type\":\"turn.completed\",\"usage\":{")
                        .closing())
                .isEqualTo(new Closing.Missing());
    }

    @Test
    void fields_may_come_in_any_order_and_unknown_ones_are_ignored() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                "{\"new\":[{\"text\":\"no\"}],\"item\":{\"text\":\"yes\",\"x\":{\"type\":\"no\"},\"type\":\"agent_message\"},"
                        + "\"type\":\"item.completed\"}",
                "{\"thread_id\":\"t-1\",\"type\":\"thread.started\"}");

        assertThat(outcome.finalText()).hasValue("yes");
        assertThat(outcome.sessionHandle()).hasValue("t-1");
    }

    @Test
    void a_sign_in_is_wanted_if_a_banner_says_so_on_either_stream() {
        byte[] banner = "Please visit this URL:\nhttps://example.invalid".getBytes(StandardCharsets.UTF_8);

        assertThat(Feeding.outcomeOf(new CodexDriver(), banner, new byte[0], 3)
                        .signIn()
                        .isThere())
                .isTrue();
        assertThat(Feeding.outcomeOf(new CodexDriver(), new byte[0], banner, 3)
                        .signIn()
                        .isThere())
                .isTrue();
    }

    @Test
    void a_banner_is_found_wherever_it_stands_in_a_long_stream() {
        String noise = "x".repeat(16_380);
        byte[] stderr = (noise + "401 Unauthorized" + noise).getBytes(StandardCharsets.UTF_8);

        assertThat(Feeding.outcomeOf(new CodexDriver(), new byte[0], stderr, 1000)
                        .signIn()
                        .isThere())
                .isTrue();
    }

    @Test
    void a_banner_is_found_at_the_end_of_a_flood() {
        byte[] stderr = ("noise\n".repeat(1_000_000) + "401 Unauthorized\n").getBytes(StandardCharsets.UTF_8);

        assertThat(Feeding.outcomeOf(new CodexDriver(), new byte[0], stderr, 65_536)
                        .signIn()
                        .isThere())
                .isTrue();
    }

    @Test
    void what_the_agent_says_or_its_tools_print_is_no_wish_for_a_sign_in() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                said("the log says 401 Unauthorized; visit this URL"),
                "{\"type\":\"item.completed\",\"item\":{\"type\":\"command_execution\","
                        + "\"aggregated_output\":\"Enter the authorization code\"}}");

        assertThat(outcome.signIn().isThere()).isFalse();
    }

    private static String said(String text) {
        return "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_1\",\"type\":\"agent_message\",\"text\":\"" + text
                + "\"}}";
    }
}
