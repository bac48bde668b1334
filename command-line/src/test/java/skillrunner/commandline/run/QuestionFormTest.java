package skillrunner.commandline.run;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.commandline.server.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionFormTest {
    private static final String COLOURS =
            "\"options\": [{\"label\": \"Blue\", \"value\": \"b\"}, {\"label\": \"None\", \"value\": null}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    open_text  | some words | "some words"
                    open_text  | 7          | "7"
                    choose_one | 1          | "b"
                    choose_one | 2          | null
                    choose_one | 3          | "3"
                    choose_one | greenish   | "greenish"
                    """)
    void a_question_is_answered_by_a_number_or_in_words(String kind, String typed, String answer) {
        String options = kind.equals("choose_one") ? COLOURS : "\"options\": []";
        assertThat(form(kind, options).accept(typed)).contains(Json.read(answer));
    }

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "n, false", "rather not, '\"rather not\"'"})
    void a_confirmation_is_yes_or_no_or_words(String typed, String answer) {
        assertThat(form("confirm", "\"options\": []").accept(typed)).contains(Json.read(answer));
    }

    @Test
    void an_offered_answer_to_a_confirmation_is_sent_as_it_is_offered() {
        assertThat(form("confirm", COLOURS).accept("1")).contains(Json.tree("b"));
    }

    @Test
    void nothing_typed_is_no_answer() {
        assertThat(form("open_text", "\"options\": []").accept("  ")).isEmpty();
    }

    @Test
    void a_danger_is_taken_on_by_the_whole_word_only_and_never_by_what_the_agent_offers() {
        QuestionForm form = form("risk_ack", COLOURS);
        for (String typed : List.of("y", "1", "b", "ok", "true")) {
            assertThat(form.accept(typed)).as(typed).isEmpty();
        }
        assertThat(form.lines().toString()).doesNotContain("Blue");
        assertThat(form.accept("yes")).contains(Json.tree(true));
        assertThat(form.accept("n")).contains(Json.tree(false));
    }

    @Test
    void what_a_danger_is_about_comes_before_the_words_of_the_agent_and_every_character_shows() {
        QuestionForm form = form(
                "risk_ack", "\"options\": [], \"subject\": {\"command\": \"ls \\n rm -rf /\", \"directory\": \"/w\"}");
        assertThat(form.lines())
                .containsExactly(
                        "The agent was about to run: ls \\u000a rm -rf /", "in the folder: /w", "It says:", "Which?");
    }

    @Test
    void named_values_are_asked_for_one_after_another() {
        QuestionForm form = form("fill_fields", "\"options\": [], \"required_fields\": [\"name\", \"age\"]");
        assertThat(form.prompt()).isEqualTo("name:");
        assertThat(form.accept("Ann")).isEmpty();
        assertThat(form.accept("")).isEmpty();
        assertThat(form.prompt()).isEqualTo("age:");
        Optional<JsonNode> answer = form.accept("7");
        assertThat(answer).contains(Json.read("{\"name\": \"Ann\", \"age\": \"7\"}"));
    }

    @Test
    void named_values_without_names_are_answered_in_words() {
        assertThat(form("fill_fields", "\"options\": [], \"required_fields\": []")
                        .accept("x"))
                .contains(Json.tree("x"));
    }

    private static QuestionForm form(String kind, String more) {
        return new QuestionForm(
                Json.read("{\"interaction_id\": 1, \"kind\": \"" + kind + "\", \"prompt\": \"Which?\", " + more + "}"));
    }
}
