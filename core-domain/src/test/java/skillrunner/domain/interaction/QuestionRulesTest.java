package skillrunner.domain.interaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class QuestionRulesTest {
    static Stream<Arguments> payloads() {
        return Stream.of(
                arguments(Map.of("ask_user", Map.of("prompt", "Which?")), "Which?"),
                arguments(Map.of("ask_user", "Which?"), "Which?"),
                arguments(Map.of("ask_user", Map.of("question", "Which?")), "Which?"),
                arguments(Map.of("ask_user", Map.of("ui_hints", Map.of("hint", "Which?"))), "Which?"),
                arguments(Map.of("ask_user", List.of(1, 2)), "the words beside it"),
                arguments(Map.of("ask_user", Map.of()), "the words beside it"),
                arguments(Map.of("action", "ask_user", "interaction", Map.of("prompt", "Which?")), "Which?"),
                arguments(Map.of("type", "ask_user", "interaction", Map.of("prompt", "Which?")), "Which?"),
                arguments(Map.of("type", "ask_user", "prompt", "Which?"), "Which?"),
                arguments(Map.of("prompt", "Which?", "kind", "confirm"), "Which?"),
                arguments(Map.of("question", "Which?", "options", List.of("a")), "Which?"),
                arguments(Map.of("hint", "Which?", "interaction_id", 3), "Which?"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void an_answer_that_asks_is_a_question(Map<String, Object> payload, String prompt) {
        Map<String, Object> part = QuestionRules.asking(payload).orElseThrow();

        assertThat(QuestionRules.read(part, "the words beside it").question().prompt())
                .isEqualTo(prompt);
    }

    static Stream<Map<String, Object>> answers() {
        return Stream.of(
                Map.of(),
                Map.of("primes", List.of(2, 3)),
                Map.of("question", "Which?"),
                Map.of("options", List.of("a"), "kind", "x"),
                Map.of("action", "other"),
                Map.of("prompt", "Which?", "answer", "this"),
                Collections.singletonMap("ask_user", null),
                Map.of("status", "fine", "ask_user", false),
                nothingIn("prompt", "kind", "options"),
                nothingIn("question", "interaction_id"));
    }

    private static Map<String, Object> nothingIn(String... names) {
        Map<String, Object> payload = new HashMap<>(Map.of("status", "fine"));
        for (String name : names) {
            payload.put(name, null);
        }
        return payload;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void any_other_answer_asks_nothing(Map<String, Object> payload) {
        assertThat(QuestionRules.asking(payload)).isEmpty();
    }

    @Test
    void everything_that_is_said_well_is_taken() {
        QuestionRules.Asked asked = QuestionRules.read(
                Map.of(
                        "interaction_id",
                        12,
                        "kind",
                        "decision",
                        "prompt",
                        " Which way? ",
                        "options",
                        List.of(Map.of("label", "Go on", "value", "continue"), Map.of("label", "Stop")),
                        "ui_hints",
                        Map.of("widget", "radio"),
                        "default_decision_policy",
                        "first",
                        "required_fields",
                        List.of("name", 2),
                        "context",
                        Map.of("step", 3)),
                "");

        assertThat(asked.number()).contains(12);
        Question question = asked.question();
        assertThat(question.kind()).isEqualTo(InteractionKind.CHOOSE_ONE);
        assertThat(question.prompt()).isEqualTo("Which way?");
        assertThat(question.options())
                .containsExactly(new Question.Option("Go on", "continue"), new Question.Option("Stop", "Stop"));
        assertThat(question.uiHints()).containsEntry("widget", "radio");
        assertThat(question.defaultDecisionPolicy()).isEqualTo("first");
        assertThat(question.requiredFields()).containsExactly("name", "2");
        assertThat(question.context()).contains(Map.of("step", 3));
    }

    @Test
    void a_name_that_is_no_number_is_kept_beside_the_question() {
        QuestionRules.Asked asked = QuestionRules.read(Map.of("prompt", "Which?", "interaction_id", "step-one"), "");

        assertThat(asked.number()).isEmpty();
        assertThat(asked.question().context()).contains(Map.of("external_interaction_id", "step-one"));
    }

    static Stream<Object> numbersThatAreNone() {
        return Stream.of(
                0,
                -1,
                1.5,
                Long.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                true,
                "",
                "0",
                "99999999999",
                List.of(1));
    }

    @ParameterizedTest
    @MethodSource("numbersThatAreNone")
    void what_can_be_no_number_is_none(Object said) {
        assertThat(QuestionRules.read(Map.of("interaction_id", said), "Which?").number())
                .isEmpty();
    }

    @Test
    void what_is_said_badly_is_left_out() {
        Map<String, Object> nested = new HashMap<>(Map.of("end", 1));
        for (int i = 0; i < 10_000; i++) {
            nested = new HashMap<>(Map.of("deeper", nested));
        }
        List<Object> options = new ArrayList<>(List.of(1, true, " ", Map.of(), Map.of("label", ""), List.of()));
        options.add(null);
        options.add(Map.of("label", "deep", "value", nested));

        Question question = QuestionRules.read(
                        Map.of(
                                "prompt",
                                7,
                                "kind",
                                List.of(),
                                "options",
                                options,
                                "ui_hints",
                                "none",
                                "default_decision_policy",
                                3,
                                "required_fields",
                                "name",
                                "context",
                                nested),
                        "Which?")
                .question();

        assertThat(question.prompt()).isEqualTo("Which?");
        assertThat(question.options())
                .containsExactly(
                        new Question.Option("1", 1),
                        new Question.Option("true", true),
                        new Question.Option("deep", "deep"));
        assertThat(question.uiHints()).isEmpty();
        assertThat(question.requiredFields()).isEmpty();
        assertThat(question.defaultDecisionPolicy()).isEqualTo(QuestionRules.ENGINE_JUDGEMENT);
        assertThat(question.context()).isEmpty();
    }

    @Test
    void what_is_too_much_is_cut() {
        String long_ = "x".repeat(100_000);
        Question question = QuestionRules.read(
                        Map.of(
                                "prompt",
                                "\uD83D\uDE00".repeat(50_000),
                                "options",
                                IntStream.range(0, 5_000)
                                        .mapToObj(i -> i + long_)
                                        .toList(),
                                "required_fields",
                                Collections.nCopies(5_000, long_),
                                "ui_hints",
                                Map.of("hint", long_)),
                        "")
                .question();

        assertThat(question.prompt())
                .hasSizeLessThanOrEqualTo(QuestionRules.MOST_PROMPT)
                .endsWith("\uD83D\uDE00");
        assertThat(question.options()).hasSize(QuestionRules.MOST_OPTIONS);
        assertThat(question.options().get(0).label()).hasSize(QuestionRules.MOST_LABEL);
        assertThat(question.requiredFields())
                .hasSize(QuestionRules.MOST_OPTIONS)
                .allMatch(name -> name.length() == QuestionRules.MOST_LABEL);
        assertThat(question.uiHints()).isEmpty();
    }

    @Test
    void there_are_always_words() {
        assertThat(QuestionRules.plain(" \n").question().prompt()).isEqualTo(QuestionRules.GENERIC_PROMPT);
        assertThat(QuestionRules.plain(" Which? ").question().prompt()).isEqualTo("Which?");
        assertThat(QuestionRules.read(Map.of("prompt", "<ASK_USER_YAML>x</ASK_USER_YAML>"), "")
                        .question()
                        .prompt())
                .isEqualTo(QuestionRules.GENERIC_PROMPT);
    }

    @Test
    void blocks_are_cut_out_of_the_words() {
        AskUserBlocks.Cut cut = AskUserBlocks.cut(
                """
                Before.
                <ASK_USER_YAML>
                kind: confirm
                </ask_user_yaml>
                Between.
                ```ask-user-yaml
                kind: risk_ack
                ```
                After.
                """);

        assertThat(cut.rest()).contains("Before.", "Between.", "After.").doesNotContain("kind", "```", "YAML");
        assertThat(cut.blocks()).containsExactly("\nkind: confirm\n", "\nkind: risk_ack\n");
    }

    @Test
    void a_block_that_is_never_closed_ends_with_the_text() {
        assertThat(AskUserBlocks.cut("Which? <ASK_USER_YAML>\nkind: confirm").rest())
                .isEqualTo("Which?");
        assertThat(AskUserBlocks.cut("Which?\n```ask_user_yaml\nkind: confirm").blocks())
                .containsExactly("\nkind: confirm");
        assertThat(AskUserBlocks.cut("Which?").blocks()).isEmpty();
        assertThat(AskUserBlocks.cut("```json\n{}\n```").rest()).isEqualTo("```json\n{}\n```");
    }

    @Test
    void a_block_that_is_too_long_is_cut_out_and_not_read() {
        AskUserBlocks.Cut cut = AskUserBlocks.cut(
                "Which?<ASK_USER_YAML>" + "x".repeat(AskUserBlocks.MOST_BLOCK + 1) + "</ASK_USER_YAML>");

        assertThat(cut.rest()).isEqualTo("Which?");
        assertThat(cut.blocks()).isEmpty();
    }

    @Test
    void ten_thousand_blocks_are_cut_in_one_pass() {
        AskUserBlocks.Cut cut = AskUserBlocks.cut("<ASK_USER_YAML>a</ASK_USER_YAML>".repeat(10_000));

        assertThat(cut.rest()).isEmpty();
        assertThat(cut.blocks()).hasSize(10_000);
    }
}
