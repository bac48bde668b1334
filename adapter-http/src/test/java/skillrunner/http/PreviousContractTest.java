package skillrunner.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.contract.ApiDocument;
import skillrunner.contract.BreakingChanges;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What breaks clients of the last release has to be told: the document is compared with that of the last tag, and each operation
 * that breaks has to be named below {@code ### Breaking} in what the changelog says of the time since.
 */
class PreviousContractTest {
    private static final String DOCUMENT = "adapter-http/src/main/resources/skillrunner/http/contract/openapi.yaml";
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));

    private static final String OLD =
            """
            openapi: 3.1.1
            paths:
              /things:
                get: {responses: {'200': {description: All.}}}
                post: {responses: {'200': {description: Made.}}}
            """;

    @TempDir
    private Path planted;

    @Test
    void what_breaks_clients_of_the_last_release_stands_in_the_changelog() throws Exception {
        assertThat(untold(REPOSITORY)).isEmpty();
    }

    @Test
    void a_breach_needs_its_line_in_the_changelog() throws Exception {
        write(DOCUMENT, OLD);
        write("CHANGELOG.md", "# Changelog\n\n## v0.1.0\n\n### Breaking\n\n- `POST /things` is no reason any more\n");
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-q", "-m", "first");
        assertThat(untold(planted)).as("without a tag").isEmpty();
        git("tag", "v0.1.0");
        assertThat(untold(planted)).as("without a change").isEmpty();

        write(DOCUMENT, OLD.replaceFirst("    post.*\n", ""));
        assertThat(untold(planted))
                .extracting(BreakingChanges.Breach::toString)
                .containsExactly("POST /things: is gone");

        write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n### Added\n\n- `POST /things`\n\n## v0.1.0\n");
        assertThat(untold(planted)).hasSize(1);
        write(
                "CHANGELOG.md",
                "# Changelog\n\n## Unreleased\n\n### Breaking\n\n- `POST /things` is gone\n\n## v0.1.0\n");
        assertThat(untold(planted)).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = planted.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void git(String... arguments) throws Exception {
        assertThat(run(planted, arguments)).as(String.join(" ", arguments)).isPresent();
    }

    private static List<BreakingChanges.Breach> untold(Path repository) throws Exception {
        Optional<String> tag = run(repository, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
                .map(String::strip);
        // Before the first release, and for one that had none, nothing was promised.
        Optional<String> released =
                tag.isEmpty() ? Optional.empty() : run(repository, "show", tag.get() + ":" + DOCUMENT);
        if (released.isEmpty()) {
            return List.of();
        }
        String told = breaking(Files.readString(repository.resolve("CHANGELOG.md")), tag.get());
        return BreakingChanges.between(
                        ApiDocument.parse(released.get()),
                        ApiDocument.parse(Files.readString(repository.resolve(DOCUMENT))))
                .stream()
                .filter(breach -> !told.contains("`" + breach.operation() + "`"))
                .toList();
    }

    /** What stands below the headings of this name since a release. */
    private static String breaking(String changelog, String release) {
        StringBuilder told = new StringBuilder();
        boolean here = false;
        for (String line : changelog.lines().toList()) {
            if (line.equals("## " + release)) {
                break;
            }
            here = line.startsWith("#") ? line.equals("### Breaking") : here;
            told.append(here ? line + "\n" : "");
        }
        return told.toString();
    }

    /** @return what it said, or empty if it failed */
    private static Optional<String> run(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    }
}
