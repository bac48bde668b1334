package skillrunner.embedding;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes along when another program takes the embedding. */
class ClassPathTest {
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));
    private static final Pattern SURFACE =
            Pattern.compile("javalin|jetty|servlet|jte|htmx|swagger|picocli|micrometer|prometheus"
                    + "|commonmark|fastcsv|adapter-http|adapter-delegate|slf4j-(simple|jdk14)");
    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    @Test
    void no_surface_comes_along_and_no_way_of_logging() throws IOException {
        assertThat(classPath()).hasSizeGreaterThan(10).noneMatch(entry -> SURFACE.matcher(entry)
                .find());
    }

    /** Then who imports it gets the versions that are tried here, also where libraries name others for their libraries. */
    @Test
    void versions_of_what_comes_along_stand_in_the_bom_alone() throws IOException {
        String parent = Files.readString(REPOSITORY.resolve("pom.xml"));
        String managed =
                parent.substring(parent.indexOf("<dependencyManagement>"), parent.indexOf("</dependencyManagement>"));
        String bom = Files.readString(REPOSITORY.resolve("bom/pom.xml"));

        assertThat(classPath())
                .map(entry ->
                        VERSION.matcher(Path.of(entry).getFileName().toString()).replaceFirst(""))
                .noneMatch(artifact -> managed.contains("<artifactId>" + artifact + "</artifactId>"))
                .contains("guava", "jinjava");
        assertThat(bom).contains("<artifactId>guava</artifactId>", "<artifactId>jackson-bom</artifactId>");
    }

    private static List<String> classPath() throws IOException {
        Path file = REPOSITORY.resolve("embedding/target/runtime-class-path");
        return Arrays.asList(Files.readString(file).strip().split(File.pathSeparator));
    }
}
