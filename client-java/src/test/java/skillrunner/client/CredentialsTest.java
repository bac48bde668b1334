package skillrunner.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who a client is comes from variables or from a file that nobody else may read. */
class CredentialsTest {
    @TempDir
    private Path folder;

    @Test
    void nobody_is_said_where_nothing_is_set() throws IOException {
        assertThat(Credentials.from(Map.of())).isEmpty();
        assertThat(Credentials.from(Map.of("SKILL_RUNNER_USERNAME", "", "SKILL_RUNNER_CREDENTIALS_FILE", "")))
                .isEmpty();
    }

    @Test
    void variables_win_over_the_file() throws IOException {
        assertThat(Credentials.from(Map.of(
                        "SKILL_RUNNER_USERNAME", "ann",
                        "SKILL_RUNNER_PASSWORD", "pässword:x",
                        "SKILL_RUNNER_CREDENTIALS_FILE", "/nowhere")))
                .contains(new Credentials("ann", "pässword:x"));
    }

    @Test
    void the_file_is_read_if_its_owner_alone_may() throws IOException {
        Path file = file("ann:se:cret\nmore\n", "rw-------");
        assertThat(Credentials.from(Map.of("SKILL_RUNNER_CREDENTIALS_FILE", file.toString())))
                .contains(new Credentials("ann", "se:cret"));
    }

    @Test
    void a_password_of_its_own_file_belongs_to_the_name() throws IOException {
        Path file = file("se:cret\n", "rw-------");
        assertThat(Credentials.from(
                        Map.of("SKILL_RUNNER_USERNAME", "ann", "SKILL_RUNNER_PASSWORD_FILE", file.toString())))
                .contains(new Credentials("ann", "se:cret"));
        Path open = file("secret", "rw-r--r--");
        assertThatThrownBy(() -> Credentials.from(
                        Map.of("SKILL_RUNNER_USERNAME", "ann", "SKILL_RUNNER_PASSWORD_FILE", open.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void a_file_of_others_is_refused_and_its_content_is_not_told(String permissions) throws IOException {
        Path file = file("ann:secret", permissions);
        assertThatThrownBy(() -> Credentials.from(Map.of("SKILL_RUNNER_CREDENTIALS_FILE", file.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", ":secret", "\n"})
    void a_file_that_holds_something_else_is_refused(String content) throws IOException {
        Path file = file(content, "rw-------");
        assertThatThrownBy(() -> Credentials.from(Map.of("SKILL_RUNNER_CREDENTIALS_FILE", file.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name:password");
    }

    @Test
    void a_file_that_is_missing_or_a_folder_is_said() {
        for (Path file : new Path[] {folder, folder.resolve("none")}) {
            assertThatThrownBy(() -> Credentials.from(Map.of("SKILL_RUNNER_CREDENTIALS_FILE", file.toString())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void the_password_is_in_no_text() {
        assertThat(new Credentials("ann", "secret").toString()).doesNotContain("secret");
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
