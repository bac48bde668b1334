package skillrunner.workspace.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.FileTrees;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the names in an archive: nothing is written but what they name below the folder. */
@Tag("one-jdk")
class ZipPathsTest {
    private Path world = Path.of("");

    private void prepare() throws IOException {
        world = Files.createTempDirectory("zip-paths");
        Files.writeString(world.resolve("outside"), "untouched");
        Files.writeString(Files.createDirectory(world.resolve("beside")).resolve("a"), "untouched");
    }

    private void remove() {
        FileTrees.remove(world);
    }

    @Test
    void names_lead_below_the_folder_or_the_archive_is_refused() {
        Seeds.tryOn(500, draws -> {
            prepare();
            try {
                unpackUpload(draws.list(1, 4, () -> name(draws)));
            } finally {
                remove();
            }
        });
    }

    private void unpackUpload(List<String> names) throws Exception {
        String[] namesAndContents = new String[names.size() * 2];
        for (int i = 0; i < names.size(); i++) {
            namesAndContents[2 * i] = names.get(i);
            namesAndContents[2 * i + 1] = names.get(i).endsWith("/") ? "" : "content " + i;
        }
        byte[] zip = Zips.of(namesAndContents);
        Path folder = world.resolve("folder");

        try {
            List<String> files = new ZipIntake(ZipLimits.UPLOAD).unpack(new ByteArrayInputStream(zip), folder);
            assertThat(files).containsExactlyElementsOf(contents(folder).keySet());
            assertThat(contents(folder)).isEqualTo(expected(namesAndContents));
        } catch (RefusedException e) {
            assertThat(folder).doesNotExist();
        }

        FileTrees.remove(folder);
        assertThat(contents(world)).isEqualTo(Map.of("beside/a", "untouched", "outside", "untouched"));
    }

    @Test
    void the_names_of_a_package_lead_below_its_folder_or_it_is_refused() {
        Seeds.tryOn(250, draws -> {
            prepare();
            try {
                unpackPackage(draws.list(1, 3, () -> name(draws)));
            } finally {
                remove();
            }
        });
    }

    private void unpackPackage(List<String> names) throws Exception {
        String[] namesAndContents = new String[names.size() * 2];
        for (int i = 0; i < names.size(); i++) {
            namesAndContents[2 * i] = "demo/" + names.get(i);
            namesAndContents[2 * i + 1] = names.get(i).endsWith("/") ? "" : "content " + i;
        }
        Path archive = Files.write(world.resolve("archive"), Zips.of(namesAndContents));
        Path folder = world.resolve("folder");

        try {
            assertThat(new ZipIntake(ZipLimits.UPLOAD).unpackPackage(archive, folder))
                    .isEqualTo("demo");
            assertThat(contents(folder)).isEqualTo(expected(namesAndContents));
        } catch (RefusedException e) {
            assertThat(folder).doesNotExist();
        }

        FileTrees.remove(folder);
        Files.delete(archive);
        assertThat(contents(world)).isEqualTo(Map.of("beside/a", "untouched", "outside", "untouched"));
    }

    /** What an accepted archive has to leave: each file under its own name, without what means nothing in it. */
    private static Map<String, String> expected(String... namesAndContents) {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            if (!namesAndContents[i + 1].isEmpty()) {
                String name = Stream.of(namesAndContents[i].replace('\\', '/').split("/", -1))
                        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                        .collect(Collectors.joining("/"));
                files.put(name, namesAndContents[i + 1]);
            }
        }
        return files;
    }

    private static String name(Draws draws) {
        List<String> segments = draws.list(
                1,
                6,
                () -> draws.of(
                        "a",
                        "A",
                        "b",
                        "..",
                        ".",
                        "",
                        "...",
                        "..a",
                        " ",
                        "C:",
                        "c:",
                        "a:b",
                        "\0",
                        "~",
                        "汉字",
                        "outside",
                        "beside",
                        "folder",
                        "a\nb",
                        "x".repeat(60),
                        "con",
                        "%2e%2e",
                        "é",
                        "\u202e"));
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            name.append(i == 0 ? "" : draws.of("/", "/", "/", "\\", "//")).append(segments.get(i));
        }
        return name.append(draws.of("", "", "/", "\\")).toString();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
