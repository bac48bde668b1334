package skillrunner.domain.path;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RelativePathTest {
    private static final List<String> PIECES = List.of(
            "..", ".", "/", "//", "\\", "a", "one", "C:", "~", " ", "\0", "%2e%2e", "...", "-", "\n", "\ud800", "é");

    @Test
    void no_segment_can_move_or_separate() {
        for (String text : texts()) {
            RelativePath.parse(text).ifPresent(path -> {
                assertThat(path.segments()).isNotEmpty().doesNotContain("", ".", "..");
                assertThat(path.segments()).noneMatch(segment -> segment.matches("(?s).*[/\\\\\\x00].*"));
            });
        }
    }

    @Test
    void the_text_of_a_path_is_read_as_the_same_path() {
        for (String text : texts()) {
            RelativePath.parse(text)
                    .ifPresent(path ->
                            assertThat(RelativePath.parse(path.text())).as(text).contains(path));
        }
    }

    @Test
    void whatever_a_package_may_declare_a_client_may_name() {
        for (String text : texts()) {
            RelativePath.declared(text)
                    .ifPresent(path ->
                            assertThat(RelativePath.parse(text)).as(text).contains(path));
        }
    }

    /** Every sequence of up to four pieces. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>(PIECES);
        int from = 0;
        for (int length = 2; length <= 4; length++) {
            int to = texts.size();
            for (String text : List.copyOf(texts.subList(from, to))) {
                PIECES.forEach(piece -> texts.add(text + piece));
            }
            from = to;
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/a",
                "\\a",
                "\\\\server\\a",
                "..",
                "a/..",
                "a/../b",
                "a\\..\\b",
                "../one",
                "C:/a",
                "c:\\a",
                ".",
                "./",
                "a\0b"
            })
    void what_is_not_a_plain_relative_path_is_refused(String text) {
        assertThat(RelativePath.parse(text)).isEmpty();
        assertThat(RelativePath.declared(text)).isEmpty();
    }

    @Test
    void slashes_of_both_kinds_separate_and_empty_segments_vanish() {
        assertThat(RelativePath.parse("./a\\b//c/./d/"))
                .contains(new RelativePath(List.of("a", "b", "c", "d")))
                .map(RelativePath::text)
                .contains("a/b/c/d");
    }

    @Test
    void a_name_that_only_looks_dangerous_is_kept() {
        assertThat(RelativePath.parse("...")).map(RelativePath::text).contains("...");
        assertThat(RelativePath.parse("a..b/..c")).map(RelativePath::text).contains("a..b/..c");
        assertThat(RelativePath.parse("C:x")).map(RelativePath::text).contains("C:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "C:x", "c:x/y", "./C:x"})
    void what_means_something_else_on_another_system_is_not_declared(String text) {
        assertThat(RelativePath.declared(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\0"})
    void no_path_is_made_of_what_could_lead_elsewhere(String segment) {
        assertThatThrownBy(() -> new RelativePath(List.of("a", segment))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelativePath(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
