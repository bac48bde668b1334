package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every decision in {@code docs/adr} looks like. */
class DecisionsTest {
    private static final Path DECISIONS = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
            .resolve("docs/adr");

    @Test
    void a_decision_has_less_than_forty_lines_and_says_whether_it_holds() throws IOException {
        assertThat(decisions()).isNotEmpty().allSatisfy(file -> {
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSizeLessThan(40);
            assertThat(lines.get(2)).matches("Status: (accepted|replaced)\\b.*");
        });
    }

    @Test
    void a_decision_has_a_number_of_its_own() throws IOException {
        assertThat(decisions())
                .extracting(file -> file.getFileName().toString().substring(0, 4))
                .doesNotHaveDuplicates();
        assertThat(decisions()).allSatisfy(file -> {
            int number = Integer.parseInt(file.getFileName().toString().substring(0, 4));
            assertThat(Files.readAllLines(file).get(0)).startsWith("# " + number + ". ");
        });
    }

    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .sorted()
                    .toList();
        }
    }
}
