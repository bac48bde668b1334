package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/architecture.md} and {@code docs/glossary.md} name files by links, so what is renamed or moved away is found here. */
class ArchitecturePageTest {
    private static final Path DOCS = Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")))
            .resolve("docs");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)#]+)\\)");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "glossary.md"})
    void every_file_it_names_is_there(String page) throws IOException {
        List<MatchResult> links = LINK.matcher(page(page)).results().toList();
        assertThat(links).hasSizeGreaterThan(10);
        assertThat(links)
                .allSatisfy(link -> assertThat(DOCS.resolve(link.group(2))).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "glossary.md"})
    void the_name_of_a_link_is_the_name_of_its_file(String page) throws IOException {
        assertThat(LINK.matcher(page(page)).results().filter(link -> link.group(2)
                        .endsWith(".java")))
                .allSatisfy(link -> assertThat(link.group(2)).endsWith("/" + link.group(1) + ".java"));
    }

    @Test
    void every_module_and_every_wing_of_runs_is_told_of() throws IOException {
        List<String> untold = new ArrayList<>();
        String text = page("architecture.md");
        MODULE.matcher(Files.readString(DOCS.resolveSibling("pom.xml")))
                .results()
                .map(module -> module.group(1).replaceFirst("^adapter-(filesystem-)?|^persistence-", ""))
                .filter(module -> !text.contains(module))
                .forEach(untold::add);
        try (Stream<Path> wings =
                Files.list(DOCS.resolveSibling("core-application/src/main/java/skillrunner/application/run"))) {
            wings.filter(Files::isDirectory)
                    .map(wing -> "application/run/" + wing.getFileName() + "/")
                    .filter(wing -> !text.contains(wing))
                    .forEach(untold::add);
        }
        assertThat(untold).isEmpty();
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }
}
