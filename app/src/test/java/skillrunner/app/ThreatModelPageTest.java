package skillrunner.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every claim of {@code docs/threat-model.md} names its test, and each of these tests is there. */
class ThreatModelPageTest {
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");

    @Test
    void every_test_it_names_is_there() throws IOException {
        Map<String, Path> sources = sources();
        List<String> gone = new ArrayList<>();
        int named = 0;
        for (String cell : testsOfEachLine()) {
            Matcher names = NAMED.matcher(cell);
            while (names.find()) {
                named++;
                Path source = sources.get(names.group(1));
                String method = names.group(2);
                if (source == null
                        || (method != null && !Files.readString(source).contains(" " + method + "("))) {
                    gone.add(names.group());
                }
            }
        }
        assertThat(gone).isEmpty();
        assertThat(named).isPositive();
    }

    @Test
    void a_line_names_a_test_or_says_that_there_is_none() throws IOException {
        assertThat(testsOfEachLine())
                .allSatisfy(cell -> assertThat(NAMED.matcher(cell).find() || cell.startsWith("none"))
                        .isTrue());
    }

    /** The last cells of the tables with four columns, without their heads. */
    private static List<String> testsOfEachLine() throws IOException {
        return Files.readAllLines(REPOSITORY.resolve("docs/threat-model.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| who |"))
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 5)
                .map(cells -> cells[4].strip())
                .toList();
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return name.equals("target") || name.equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java")) {
                    sources.put(name.substring(0, name.length() - ".java".length()), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
