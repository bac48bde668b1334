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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The two READMEs tell the same in two languages, and lead nowhere that is not there. */
class ReadmeTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository"), "started without Maven"));
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern CODE_OF_ANY_KIND = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z]+:|/)");
    private static final Pattern MODULE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void both_languages_show_the_same_commands() throws IOException {
        assertThat(commands("README.zh-CN.md")).isEqualTo(commands("README.md")).isNotEmpty();
    }

    @Test
    void both_languages_lead_to_the_same_pages() throws IOException {
        assertThat(all(LINK, "README.zh-CN.md").stream().filter(link -> !link.startsWith("README")))
                .containsExactlyInAnyOrderElementsOf(all(LINK, "README.md").stream()
                        .filter(link -> !link.startsWith("README"))
                        .toList());
    }

    @Test
    void both_languages_explain_the_same_modules() throws IOException {
        assertThat(all(MODULE, "README.zh-CN.md"))
                .isEqualTo(all(MODULE, "README.md"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void every_link_leads_to_something(String page) throws IOException {
        assertThat(all(LINK, page))
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    /** Also the pages behind the READMEs, and those beside them. */
    @ParameterizedTest
    @MethodSource("pages")
    void every_page_is_whole_and_leads_to_something(Path page) throws IOException {
        String text = Files.readString(page);

        assertThat(text.lines()).noneMatch(line -> line.matches("(<{7}|>{7}) .*|={7}"));
        assertThat(LINK.matcher(CODE_OF_ANY_KIND.matcher(text).replaceAll(""))
                        .results()
                        .map(found -> found.group(1))
                        .filter(link -> !ELSEWHERE.matcher(link).find()))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "benchmarks", "packaging")) {
            try (Stream<Path> below = Files.walk(ROOT.resolve(folder))) {
                below.filter(ReadmeTest::isPage).forEach(pages::add);
            }
        }
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(ReadmeTest::isPage).forEach(pages::add);
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md") && !file.toString().contains("/target/");
    }

    /** Without the remarks at the ends of lines, which are in the reader's language. */
    private static List<String> commands(String page) throws IOException {
        return all(CODE, page).stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("\\s+#.*", ""))
                .toList();
    }

    private static List<String> all(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
