package skillrunner.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/configuration.md} and the settings classes say the same. */
class ConfigurationPageTest {
    @Test
    void every_variable_stands_in_the_page_with_its_default_and_meaning_and_no_other_does() throws IOException {
        Path page = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
                .resolve("docs/configuration.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = Settings.VARIABLES.stream()
                .map(variable ->
                        "| `" + variable.name() + "` | " + variable.defaultText() + " | " + variable.meaning() + " |")
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected);
    }
}
