package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.OutputCandidates.Candidate;

import static org.assertj.core.api.Assertions.assertThat;

class OutputCandidatesTest {
    /** So long that each piece takes many minutes if anything is read once for every bracket, quote or line. */
    private static final int HOSTILE = 1 << 20;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "'",
            "`",
            "```",
            "```json\n",
            "\n",
            "\r\n",
            " ",
            ",",
            ":",
            "a",
            "12",
            "null",
            "\"k\":",
            "{\"a\": 1}",
            "[1]",
            "<think>",
            "</think>",
            "//",
            "/*",
            "*/",
            "\uFEFF",
            "\u001B[31m",
            "汉");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1}",
                " \n{\"a\": 1}\r\n",
                "\uFEFF{\"a\": 1}",
                "<think>Is it {\"a\": 0}? [maybe</think>\n{\"a\": 1}",
                "Hm, {\"a\": 0} or [\n</think>\n\n{\"a\": 1}"
            })
    void a_text_that_is_nothing_but_the_answer_needs_no_repair(String text) {
        assertThat(OutputCandidates.in(text)).containsExactly(new Candidate("{\"a\": 1}", RepairLevel.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "No JSON here.", "[1, 2]", "\"{\"", "<think>{\"a\": 1}", "\uFEFF"})
    void nothing_is_found_where_no_object_is(String text) {
        assertThat(OutputCandidates.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"a\": 1}\n```",
                "Here:\n```JSON\n{\"a\": 1}\n```\nDone.",
                "```\n{\"a\": 1}\n```",
                "````md\r\n{\"a\": 1}\r\n````",
                "```json5  \r\n  {\"a\": 1}  \r\n  ```",
                "```json\n{\"a\": 1}```",
                "```json {\"a\": 1} ```",
                "```json\n{\"a\": 1}",
                "It lies in [0, 1), see { here {\"a\": 1}",
                "A smile :{ and then\n{\"a\": 1}",
                "\"{\" opens it: {\"a\": 1}",
                "\u001B[31m{\"a\": 1}\u001B[0m",
                "- [x] done\n- [ ] not {yet}\n{\"a\": 1}",
                "[a link](https://example.org) {\"a\": 1}",
                "It's {it's} [it's] {\"a\": 1}",
                "```text\n{\"cut\": [\n```\n{\"a\": 1}"
            })
    void an_object_beside_other_text_is_cut_out(String text) {
        assertThat(OutputCandidates.in(text))
                .containsExactly(new Candidate("{\"a\": 1}", RepairLevel.DETERMINISTIC_GENERIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "First I had {\"status\": and gave up.\n\n```json\n{\"a\": 1}\n```",
                "First I had {\"status\": \"x\" and gave up.\n\n```json\n{\"a\": 1}\n```\nDone.",
                "I began {\"status\": \"x\n\nand gave up.\n```json\n{\"a\": 1}\n```",
                "{\"status\": \"x\",\n\nNo, once more:\n\n```json\n{\"a\": 1}\n```",
                "{\"rows\": [{\"b\": 2}, ...\n```json\n{\"a\": 1}\n```",
                "Either {\"x\": 1 or\n```json\n{\"a\": 1}\n```\nas above }",
                "{\"x\": /* what\n```json\n{\"a\": 1}\n```",
                "No {\"x\": [ and no {\"y\": (\n```text\nnothing {\n```\n```json\n{\"a\": 1}\n```"
            })
    void what_was_begun_and_given_up_in_prose_hides_no_fence_behind_it(String text) {
        assertThat(OutputCandidates.in(text))
                .containsExactly(new Candidate("{\"a\": 1}", RepairLevel.DETERMINISTIC_GENERIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"report\": \"# Title\n```json\n{\"a\": 1}\n```\nand so",
                "Here it is:\n{\"report\": \"# Title\n```json\n{\"a\": 1}\n```\n\", \"rows\": [",
                "{\"report\": \"# Title\n```json\n{\"a\": 1}\n```\n\", \"status\": \"x\"}"
            })
    void a_fence_in_a_string_of_an_answer_is_none(String text) {
        assertThat(texts(text)).isEmpty();
    }

    @Test
    void objects_come_in_their_order() {
        assertThat(texts("first {\"a\": {\"b\": 1}} then\n```json\n{\"c\": 2}\n```\n{\"d\": 3}{\"e\": 4}"))
                .containsExactly("{\"a\": {\"b\": 1}}", "{\"c\": 2}", "{\"d\": 3}", "{\"e\": 4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"}\\\"{\"}",
                "{\"a\": \"```\\n{}\\n```\"}",
                "{\"a\": \"<think>{}</think>\"}",
                "{\"a\": \"\\\\\", \"b\": \"]\"}",
                "{\"a\":\r\n[{}, {\"b\": [[]]}],\r\n\"c\": -1.5e+3}"
            })
    void what_stands_in_strings_does_not_count(String object) {
        assertThat(texts("x " + object + " y")).containsExactly(object);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Which one? | Which one?",
                "<think>a {</think>b | b",
                "<think>a</think>b~<think>c</think>d | b~d",
                "a</think>b<think>c</think>d | d",
                "a | a",
                "<think>a | ''",
                "{\"a\": \"<think>b</think>\"} | {\"a\": \"<think>b</think>\"}",
                "{\"a\": \"b</think> c | c",
                "x <think>a</think> y | y",
                "```~<think>a</think>~``` | ```~<think>a</think>~```"
            })
    void a_text_is_read_without_what_is_thought_in_it(String text, String rest) {
        assertThat(OutputCandidates.withoutThoughts(text.replace('~', '\n'))
                        .replace('\n', '~')
                        .strip())
                .isEqualTo(rest);
    }

    @Test
    void no_row_of_a_list_that_was_cut_off_is_an_answer() {
        String rows = "{\"status\":\"whole\",\"rows\":[\n{\"status\":\"row 1\"},\n{\"status\":\"row 2\"},\n";

        for (int cut = 1; cut <= rows.length(); cut++) {
            assertThat(texts(rows.substring(0, cut))).as("cut at %s", cut).isEmpty();
        }
        assertThat(texts(rows + "{\"stat")).isEmpty();
        assertThat(texts("```json\n" + rows + "{\"stat\n```")).isEmpty();
        assertThat(texts("Here it is:\n" + rows)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"status\": \"row 1\"}, {\"status\": \"row 2\"}]",
                "[{\"status\": \"row 1\"}, {\"status\": \"row 2\"}",
                "[{\"status\": \"row 1\"} {\"status\": \"row 2\"}]",
                "{'status': 'whole', 'rows': [{\"status\": \"row 1\"}, {\"sta",
                "{status: 1, \"rows\": [{\"status\": \"row 1\"} {\"status\": \"row 2\"}, {\"sta",
                "{ // the rows\n \"rows\": [{\"status\": \"row 1\"}, {\"sta",
                "{ /* the rows */ \"rows\": [{\"status\": \"row 1\"}, {\"sta",
                "{\"text\": \"line\nbreak\", \"rows\": [{\"status\": \"row 1\"}, {\"sta",
                "{\"rows\": [{\"status\": \"row 1\"}}, {\"status\": \"row 2\"}"
            })
    void nothing_inside_an_array_or_a_structure_that_is_broken_or_never_closed_is_an_answer(String text) {
        assertThat(texts(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": [1,],}", "{a: 1}", "{'a': 1}", "{\"a\": 1 // one\n}"})
    void what_is_nearly_json_is_tried_as_a_whole_and_never_in_part(String text) {
        assertThat(texts(text)).containsExactly(text);
    }

    @Test
    void garbage_hides_no_object_that_stands_on_lines_of_its_own_at_the_end() {
        String garbage = " {\"type\":\n{\"unfinished\": [\n\u001B[31mred\u001B[0m\nline 1 of 2\n";

        assertThat(texts(garbage + garbage + "{\"a\": {\n\"b\": 1}}\n")).containsExactly("{\"a\": {\n\"b\": 1}}");
        assertThat(texts(garbage + "{\"a\": 1}\n{\"b")).isEmpty();
        assertThat(texts(garbage + "see {\"a\": 1}")).isEmpty();
    }

    @Test
    void of_very_many_objects_the_last_ones_are_candidates() {
        assertThat(texts("{\"draft\": 1}\n".repeat(100_000) + "{\"final\": 1}"))
                .hasSize(OutputCandidates.MOST_CANDIDATES)
                .endsWith("{\"final\": 1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "```\n[\n"})
    void a_hostile_text_of_the_greatest_length_is_read(String piece) {
        String text = piece.repeat(OutputCandidates.MOST_CHARACTERS / piece.length());

        assertThat(OutputCandidates.in(text)).hasSizeLessThanOrEqualTo(OutputCandidates.MOST_CANDIDATES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "{\"",
                "[\"",
                "{\n",
                "{}",
                "[]x",
                "{\"a\":",
                "[{\"a\":1},",
                "\"",
                "\\",
                "`",
                "```\n",
                "```\n[\n",
                "```\n[/*\n```\n",
                "[\"a\" //",
                "[/*",
                "</think>",
                "<think>",
                "{'",
                "{\"a\" x",
                "[x y",
                " ",
                "<think>\n[</think>\n[",
                "{\"a\": \"\n```\n",
                "x {\"a\": \"\n```\n",
                "x {\"a\": \"\n```\n```\n",
                "{\"a\" x\n```\n```\n",
                "[ ```"
            })
    void a_hostile_text_is_read_in_one_pass(String piece) {
        String text = piece.repeat(HOSTILE / piece.length());

        assertThat(OutputCandidates.in(text)).hasSizeLessThanOrEqualTo(OutputCandidates.MOST_CANDIDATES);
        assertThat(OutputCandidates.in(text + "\nx y")).hasSizeLessThanOrEqualTo(OutputCandidates.MOST_CANDIDATES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"```%s", "```\n%s", "```json%s", "```\n%s```x", "```a%s\n"})
    void a_fence_with_a_million_blanks_is_read_in_one_pass(String form) {
        assertThat(OutputCandidates.in(String.format(form, " ".repeat(1_000_000)) + "x"))
                .isEmpty();
    }

    @Test
    void every_candidate_is_an_object_of_the_text_whatever_stands_in_it() {
        for (long seed = 0; seed < 20_000; seed++) {
            String text = anyText(seed);
            int from = 0;
            for (Candidate candidate : OutputCandidates.in(text)) {
                int place = text.indexOf(candidate.text(), from);
                assertThat(place).as("seed %s: %s", seed, text).isNotNegative();
                assertThat(candidate.text()).startsWith("{").endsWith("}");
                from = place + candidate.text().length();
            }
        }
    }

    @Test
    void an_object_behind_any_text_is_found_unless_something_before_it_is_open() {
        String object = "{\"answer\": {\"b\": \"}{[\"}}";
        for (long seed = 0; seed < 20_000; seed++) {
            String before = anyText(seed).replaceAll("[\\[{<`]|/\\*|//", "");
            assertThat(texts(before + "\n" + object))
                    .as("seed %s: %s", seed, before)
                    .endsWith(object);
        }
    }

    @Test
    void an_object_cut_off_anywhere_gives_none_of_its_parts() {
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            String object = "{\"top\": " + anyJson(random, 4) + "}";
            assertThat(OutputCandidates.in(object))
                    .as("seed %s: %s", seed, object)
                    .containsExactly(new Candidate(object, RepairLevel.NONE));
            String cut = object.substring(0, 1 + random.nextInt(object.length() - 1));
            assertThat(texts(cut)).as("seed %s: %s", seed, cut).isEmpty();
        }
    }

    private static String anyText(long seed) {
        Random random = new Random(seed);
        return random.ints(random.nextInt(40), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining());
    }

    private static String anyJson(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 3);
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && kind > 2; i--) {
            parts.add((kind == 3 ? anyString(random) + ": " : "") + anyJson(random, depth - 1));
        }
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt());
            case 1 -> "true";
            case 2 -> anyString(random);
            case 3 -> parts.stream().collect(Collectors.joining(",\r\n ", "{", "}"));
            default -> parts.stream().collect(Collectors.joining(", ", "[\n", "]"));
        };
    }

    private static String anyString(Random random) {
        List<String> pieces = List.of(
                "a", "{", "}", "[", "]", "\\\"", "\\\\", "\\n", "```", "'", ":", ",", "//", "/*", "汉", "<think>");
        return random.ints(random.nextInt(6), 0, pieces.size())
                .mapToObj(pieces::get)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static List<String> texts(String text) {
        return OutputCandidates.in(text).stream().map(Candidate::text).toList();
    }
}
