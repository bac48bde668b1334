package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every jar that is shipped has its reason, and the reasons name no jar that is not. */
class DependenciesPageIT {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void the_page_explains_exactly_the_jars_of_the_distribution() throws IOException {
        assertThat(explained()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shipped());
    }

    private static List<String> explained() throws IOException {
        String page = Files.readString(Repository.root().resolve("docs/dependencies.md"));
        String table = page.substring(page.indexOf("## What each jar is for"), page.indexOf("## What is left out"));
        List<String> names = new ArrayList<>();
        table.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            Matcher name = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
            while (name.find()) {
                names.add(name.group(1));
            }
        });
        return names;
    }

    private static List<String> shipped() throws IOException {
        try (Stream<Path> jars = Files.list(Repository.root().resolve("app/target/dist/lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> !jar.startsWith("skill-runner-"))
                    .map(jar -> jar.replaceFirst("-\\d.*", ""))
                    .distinct()
                    .toList();
        }
    }
}
