package skillrunner.workspace.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import skillrunner.domain.problem.RefusedException;
import skillrunner.workspace.file.AtomicFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the names in an archive: nothing is written but what they name below the folder. */
class ZipPathsTest {
    private Path world = Path.of("");

    @BeforeTry
    void prepare() throws IOException {
        world = Files.createTempDirectory("zip-paths");
        Files.writeString(world.resolve("outside"), "untouched");
        Files.writeString(Files.createDirectory(world.resolve("beside")).resolve("a"), "untouched");
    }

    @AfterTry
    void remove() {
        AtomicFiles.deleteTree(world);
    }

    @Property(tries = 1_500)
    void names_lead_below_the_folder_or_the_archive_is_refused(
            @ForAll @Size(min = 1, max = 4) List<@From("names") String> names) throws Exception {
        String[] namesAndContents = new String[names.size() * 2];
        for (int i = 0; i < names.size(); i++) {
            namesAndContents[2 * i] = names.get(i);
            namesAndContents[2 * i + 1] = names.get(i).endsWith("/") ? "" : "content " + i;
        }
        byte[] zip = Zips.of(namesAndContents);
        Path folder = world.resolve("folder");

        try {
            List<String> files = new ZipIntake(ZipLimits.UPLOAD).unpack(new ByteArrayInputStream(zip), folder);
            Map<String, String> written = contents(folder);
            assertThat(files).containsExactlyElementsOf(written.keySet());
            assertThat(written.values())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(namesAndContents)
                            .filter(text -> text.startsWith("content "))
                            .toList());
            assertThat(files)
                    .noneMatch(file ->
                            file.contains("..") && List.of(file.split("/")).contains(".."));
        } catch (RefusedException e) {
            assertThat(folder).doesNotExist();
        }

        AtomicFiles.deleteTree(folder);
        assertThat(contents(world)).isEqualTo(Map.of("beside/a", "untouched", "outside", "untouched"));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> segment = Arbitraries.of(
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
                "\u202e");
        Arbitrary<String> slash = Arbitraries.of("/", "/", "/", "\\", "//");
        return segment.list().ofMinSize(1).ofMaxSize(6).flatMap(segments -> slash.list()
                .ofSize(segments.size())
                .flatMap(slashes -> Arbitraries.of("", "", "/", "\\").map(end -> {
                    StringBuilder name = new StringBuilder();
                    for (int i = 0; i < segments.size(); i++) {
                        name.append(i == 0 ? "" : slashes.get(i)).append(segments.get(i));
                    }
                    return name.append(end).toString();
                })));
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
