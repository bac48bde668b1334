package skillrunner.embedding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.embedding.example.FollowARun;
import skillrunner.embedding.example.RunASkill;

import static org.assertj.core.api.Assertions.assertThat;

/** The programs of {@code docs/embedding.md} are the ones that are run here. */
class ExamplesTest {
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));
    private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");
    private static final int MOST_LINES = 30;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void a_skill_is_run_and_its_answer_printed() throws Exception {
        new TestFolder(folder).echo();

        String said = printed(() -> RunASkill.main(new String[] {folder.toString(), "echo", "codex", "hello"}));

        assertThat(said).contains("{status=hello}");
    }

    @Test
    @Timeout(120)
    void a_run_is_given_a_file_followed_and_ended() throws Exception {
        new TestFolder(folder).reader();
        Path document = Files.writeString(folder.resolve("letter.txt"), "dear reader\n");

        String said = printed(() -> FollowARun.main(
                new String[] {folder.toString(), "reader", "codex", document.toString(), "it is read"}));

        assertThat(said).contains("dear reader", "it is read").endsWith("CANCELED\n");
    }

    @Test
    void the_page_shows_them_word_for_word() throws IOException {
        List<String> shown = PROGRAM.matcher(Files.readString(REPOSITORY.resolve("docs/embedding.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(shown).contains(source("RunASkill"), source("FollowARun"));
    }

    @Test
    void they_are_short() throws IOException {
        for (String program : List.of("RunASkill", "FollowARun")) {
            assertThat(source(program).lines().count()).as(program).isLessThanOrEqualTo(MOST_LINES);
        }
    }

    private static String source(String program) throws IOException {
        return Files.readString(REPOSITORY
                .resolve("embedding/src/test/java/skillrunner/embedding/example")
                .resolve(program + ".java"));
    }

    private static String printed(Program program) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private interface Program {
        void run() throws Exception;
    }
}
