package skillrunner.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BuildNotesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void compile() throws Exception {
        for (String name : List.of("a/OneTest.class", "a/OneTest$Inner.class", "a/TestBed.class", "b/c/TwoIT.class")) {
            Path file = folder.resolve("compiled").resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Files.createDirectory(folder.resolve("notes"));
    }

    private BuildNotes notes() throws IOException {
        return BuildNotes.read(folder.resolve("notes"), List.of(folder.resolve("compiled")));
    }

    private void note(String tests, String... answers) throws IOException {
        Files.write(folder.resolve("notes").resolve(tests), List.of(answers));
    }

    @Test
    void a_build_is_whole_when_all_classes_of_tests_have_left_their_file() throws Exception {
        assertThat(notes().notRun()).containsExactly("a.OneTest", "b.c.TwoIT");

        note("a.OneTest", "GET /a 200");
        assertThat(notes().notRun()).containsExactly("b.c.TwoIT");

        note("b.c.TwoIT", "GET /a 404 GONE");
        assertThat(notes().notRun()).isEmpty();
        assertThat(notes().answers()).containsExactlyInAnyOrder("GET /a 200", "GET /a 404 GONE");
    }

    @Test
    void what_tests_noted_that_do_not_count_is_passed_over() throws Exception {
        note("z.OtherIT", "GET /a 500");

        assertThat(notes().answers()).isEmpty();
    }

    @Test
    void a_build_without_notes_has_run_nothing() throws Exception {
        Files.delete(folder.resolve("notes"));

        assertThat(notes().notRun()).containsExactly("a.OneTest", "b.c.TwoIT");
    }

    @Test
    void tests_that_are_not_compiled_have_not_been_run() throws Exception {
        Path nowhere = folder.resolve("nowhere");

        assertThat(BuildNotes.read(folder.resolve("notes"), List.of(nowhere)).notRun())
                .containsExactly("all in " + nowhere);
    }
}
