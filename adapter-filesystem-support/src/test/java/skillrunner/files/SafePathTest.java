package skillrunner.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SafePathTest {
    private static final Path FOLDER = Path.of("/data/runs/one");
    private static final List<String> PIECES = List.of(
            "..", ".", "/", "//", "\\", "a", "one", "C:", "~", " ", "\0", "%2e%2e", "...", "-", "\n", "\ud800", "é");

    @Test
    void no_text_leads_outside() {
        for (String text : texts()) {
            SafePath.below(FOLDER, text).ifPresent(path -> assertThat(path.normalize())
                    .isEqualTo(path)
                    .startsWithRaw(FOLDER)
                    .isNotEqualTo(FOLDER));
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

    @Test
    void slashes_of_both_kinds_separate() {
        assertThat(SafePath.below(FOLDER, "./a\\b//c/")).contains(FOLDER.resolve("a/b/c"));
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
