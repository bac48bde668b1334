package skillrunner.workspace.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafePathTest {
    private static final Path FOLDER = Path.of("/data/runs/one");

    @Property
    void no_text_leads_outside(@ForAll("paths") String text) {
        assertThat(SafePath.below(FOLDER, text).stream()).allSatisfy(path -> {
            assertThat(path.normalize()).isEqualTo(path).startsWithRaw(FOLDER).isNotEqualTo(FOLDER);
        });
    }

    @Property
    void no_segment_can_move_or_separate(@ForAll("paths") String text) {
        assertThat(SafePath.segments(text).stream()).allSatisfy(segments -> {
            assertThat(segments).isNotEmpty().doesNotContain("", ".", "..");
            assertThat(segments).noneMatch(segment -> segment.matches("(?s).*[/\\\\\\x00].*"));
        });
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> pieces = Arbitraries.of(
                "..", ".", "/", "//", "\\", "a", "one", "C:", "~", " ", "\0", "%2e%2e", "...", "-", "\n");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(12).map(all -> String.join("", all)),
                pieces.list().ofMaxSize(6).map(all -> String.join("/", all)),
                Arbitraries.strings().ofMaxLength(40));
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
        assertThat(SafePath.segments(text)).isEmpty();
        assertThat(SafePath.below(FOLDER, text)).isEmpty();
    }

    @Test
    void slashes_of_both_kinds_separate_and_empty_segments_vanish() {
        assertThat(SafePath.segments("./a\\b//c/./d/")).contains(List.of("a", "b", "c", "d"));
        assertThat(SafePath.below(FOLDER, "a\\b")).contains(FOLDER.resolve("a").resolve("b"));
    }

    @Test
    void a_name_that_only_looks_dangerous_is_kept() {
        assertThat(SafePath.segments("...")).contains(List.of("..."));
        assertThat(SafePath.segments("a..b/..c")).contains(List.of("a..b", "..c"));
    }

    @Test
    void a_link_is_judged_by_where_it_leads(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        Path inside = Files.createFile(folder.resolve("file"));
        Path outside = Files.createFile(temporary.resolve("folder_x"));
        Path harmless = Files.createSymbolicLink(folder.resolve("harmless"), inside);
        Path escape = Files.createSymbolicLink(folder.resolve("escape"), outside);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

        assertThat(SafePath.reallyBelow(folder, inside)).isTrue();
        assertThat(SafePath.reallyBelow(folder, harmless)).isTrue();
        assertThat(SafePath.reallyBelow(folder, escape)).isFalse();
        assertThat(SafePath.reallyBelow(folder, outside)).isFalse();
        assertThat(SafePath.reallyBelow(folder, dangling)).isFalse();
    }
}
