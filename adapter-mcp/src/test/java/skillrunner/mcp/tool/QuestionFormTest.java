package skillrunner.mcp.tool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionFormTest {
    @Test
    void a_choice_offers_names_and_answers_values() {
        QuestionForm form = form(
                InteractionKind.CHOOSE_ONE,
                List.of(
                        new Question.Option("Red", Map.of("code", 1)),
                        new Question.Option("Blue", 2),
                        new Question.Option("Blue", 3)),
                List.of());

        assertThat(String.valueOf(form.schema().get("properties"))).contains("[Red, Blue, Blue (3)]");
        assertThat(form.response(Map.of("answer", "Red"))).contains(Map.of("code", 1));
        assertThat(form.response(Map.of("answer", "Blue (3)"))).contains(3);
        assertThat(form.response(Map.of("answer", "Green"))).contains("Green");
        assertThat(form.response(Map.of())).isEmpty();
    }

    /** A model may see the words alone, and not what is for programs. */
    @Test
    void what_may_be_answered_is_said_in_words_as_well() {
        assertThat(offer(
                        InteractionKind.CHOOSE_ONE,
                        List.of(
                                new Question.Option("Red\u202e", Map.of("code", 1)),
                                new Question.Option("Blue", "b"),
                                new Question.Option("Green", "Green")),
                        List.of()))
                .containsExactly(
                        "It offers these answers, each with the response that stands for it:",
                        "- Red\uFFFD: {\"code\":1}",
                        "- Blue: \"b\"",
                        "- Green: \"Green\"");
        assertThat(offer(InteractionKind.FILL_FIELDS, List.of(), List.of("name", "", "town")))
                .containsExactly("The response is an object with these members: \"name\", \"town\"");
        assertThat(offer(InteractionKind.CONFIRM, List.of(), List.of()))
                .containsExactly("The response is true for yes or false for no.");
        assertThat(offer(InteractionKind.OPEN_TEXT, List.of(), List.of())).isEmpty();
    }

    private static List<String> offer(InteractionKind kind, List<Question.Option> options, List<String> fields) {
        return QuestionForm.offer(form(kind, options, fields).interaction().question());
    }

    @Test
    void yes_and_no_are_a_switch_and_fields_are_fields() {
        assertThat(form(InteractionKind.CONFIRM, List.of(), List.of()).response(Map.of("answer", false)))
                .contains(false);
        QuestionForm fields = form(InteractionKind.FILL_FIELDS, List.of(), List.of("name", "", "town", "name"));
        assertThat(fields.schema().get("required")).isEqualTo(List.of("name", "town"));
        assertThat(fields.response(Map.of("name", "Ann", "other", 1))).contains(Map.of("name", "Ann"));
        assertThat(form(InteractionKind.FILL_FIELDS, List.of(), List.of()).response(Map.of("answer", "x")))
                .contains("x");
    }

    @Test
    void a_danger_is_told_as_the_server_knows_it_and_hides_nothing() {
        Interaction danger = Interaction.asked(
                        1,
                        1,
                        new Question(
                                InteractionKind.RISK_ACK,
                                "harmless \u001b[2J\u202e thing",
                                List.of(),
                                Map.of(),
                                "engine_judgement",
                                List.of(),
                                Optional.empty()),
                        Instant.EPOCH,
                        Optional.empty())
                .about(Optional.of("rm -rf ~\n# nothing"));

        String message = QuestionForm.of(danger, Optional.of("/tmp/w")).message();

        assertThat(message.lines().toList())
                .containsExactly(
                        "The engine was about to run: rm -rf ~ # nothing",
                        "In the directory: /tmp/w",
                        "harmless \uFFFD[2J\uFFFD thing");
    }

    private static QuestionForm form(InteractionKind kind, List<Question.Option> options, List<String> fields) {
        return QuestionForm.of(
                Interaction.asked(
                        1,
                        1,
                        new Question(kind, "What?", options, Map.of(), "engine_judgement", fields, Optional.empty()),
                        Instant.EPOCH,
                        Optional.empty()),
                Optional.empty());
    }
}
