package skillrunner.domain.run;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.OutputCandidates.Candidate;

import static org.assertj.core.api.Assertions.assertThat;

class OutputCandidatesTest {
    @Test
    void the_whole_text_comes_first_and_unrepaired() {
        assertThat(OutputCandidates.in(" \n{\"a\": 1}\n").get(0))
                .isEqualTo(new Candidate("{\"a\": 1}", RepairLevel.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void nothing_is_found_in_a_blank_text(String text) {
        assertThat(OutputCandidates.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"a\": 1}\n```",
                "Here:\n```JSON\n{\"a\": 1}\n```\nDone.",
                "```\n{\"a\": 1}\n```",
                "```json5  \r\n  {\"a\": 1}  \r\n  ```",
                "```json\n{\"a\": 1}```"
            })
    void a_fenced_block_comes_second(String text) {
        assertThat(OutputCandidates.in(text).get(1))
                .isEqualTo(new Candidate("{\"a\": 1}", RepairLevel.DETERMINISTIC_GENERIC));
    }

    @Test
    void a_block_fenced_as_another_language_is_no_answer() {
        assertThat(texts("```python\nprint(1)\n```")).containsExactly("```python\nprint(1)\n```");
    }

    @Test
    void balanced_blocks_in_prose_come_in_their_order() {
        assertThat(texts("first {\"a\": {\"b\": 1}} then {\"c\": 2} end"))
                .containsExactly("first {\"a\": {\"b\": 1}} then {\"c\": 2} end", "{\"a\": {\"b\": 1}}", "{\"c\": 2}");
    }

    @Test
    void braces_and_escaped_quotes_inside_strings_do_not_count() {
        assertThat(texts("x {\"a\": \"}\\\"{\"} y")).contains("{\"a\": \"}\\\"{\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a { b", "a } b", "{\"a\": \"}", "{\"a\": {\"b\": 1}"})
    void a_block_that_does_not_close_is_none(String text) {
        assertThat(texts(text)).containsExactly(text);
    }

    @Test
    void a_block_that_does_not_close_hides_none_that_begins_a_later_line() {
        assertThat(texts("log {\"a\": [\n  {\"inner\": 1},\n{\"answer\": 1}\nbye"))
                .containsExactly("log {\"a\": [\n  {\"inner\": 1},\n{\"answer\": 1}\nbye", "{\"answer\": 1}");
        assertThat(texts("{\n{\n{\"answer\": 1}")).endsWith("{\"answer\": 1}");
    }

    @Test
    void a_block_with_the_done_marker_comes_before_the_others() {
        assertThat(texts("{\"draft\": 1} {\"__SKILL_DONE__\" : true, \"a\": 1}").subList(1, 3))
                .containsExactly("{\"__SKILL_DONE__\" : true, \"a\": 1}", "{\"draft\": 1}");
    }

    @Test
    void a_done_marker_that_is_not_true_is_none() {
        assertThat(texts("{\"draft\": 1} {\"__SKILL_DONE__\": \"true\"}").subList(1, 3))
                .containsExactly("{\"draft\": 1}", "{\"__SKILL_DONE__\": \"true\"}");
    }

    @Test
    void a_hostile_text_gives_a_bounded_number_of_candidates() {
        assertThat(OutputCandidates.in("{".repeat(1_000_000))).hasSize(1);
        assertThat(OutputCandidates.in("{}".repeat(500_000))).hasSizeLessThanOrEqualTo(130);
        assertThat(OutputCandidates.in("```\n{}\n```\n".repeat(100_000))).hasSizeLessThanOrEqualTo(130);
        assertThat(OutputCandidates.in("{\"".repeat(500_000))).hasSize(1);
        assertThat(OutputCandidates.in("{\n".repeat(500_000))).hasSize(1);
        assertThat(OutputCandidates.in("`".repeat(1_000_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"```%s", "```\n%s", "```json%s", "```\n%s```x", "```a%s\n"})
    void a_fence_with_a_million_blanks_is_read_in_one_pass(String form) {
        assertThat(OutputCandidates.in(String.format(form, " ".repeat(1_000_000)) + "x"))
                .hasSizeBetween(1, 2);
    }

    @Property
    void every_candidate_is_a_piece_of_the_text_and_the_first_is_all_of_it(@ForAll("texts") String text) {
        List<Candidate> candidates = OutputCandidates.in(text);

        assertThat(candidates).allSatisfy(candidate -> assertThat(text).contains(candidate.text()));
        if (!text.isBlank()) {
            assertThat(candidates.get(0)).isEqualTo(new Candidate(text.strip(), RepairLevel.NONE));
            assertThat(candidates)
                    .filteredOn(it -> it.repair() == RepairLevel.NONE)
                    .hasSize(1);
        }
    }

    @Property
    void an_object_is_found_whatever_prose_without_braces_stands_around_it(
            @ForAll("prose") String before, @ForAll("prose") String after) {
        String object = "{\"a\": {\"b\": \"}{\"}}";

        assertThat(texts(before + object + after)).contains(object);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("{", "}", "\"", "\\", "```", "json", "\n", " ", "a", "\"__SKILL_DONE__\": true", "汉")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> prose() {
        return Arbitraries.strings().alpha().withChars(" .\n'\"`").ofMaxLength(50);
    }

    private static List<String> texts(String text) {
        return OutputCandidates.in(text).stream().map(Candidate::text).toList();
    }
}
