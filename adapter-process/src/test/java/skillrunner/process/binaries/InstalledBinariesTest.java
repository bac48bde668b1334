package skillrunner.process.binaries;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InstalledBinariesTest {
    private final Path prefix;
    private final Path global;
    private final Path home;

    InstalledBinariesTest(@TempDir Path folder) throws IOException {
        prefix = folder.resolve("npm");
        global = Files.createDirectory(folder.resolve("global"));
        home = folder.resolve("home");
        Files.createDirectories(prefix.resolve("bin"));
    }

    @Test
    void a_managed_program_wins_over_a_global_one() throws Exception {
        program(global.resolve("codex"));
        Path managed = program(prefix.resolve("bin/codex"));

        assertThat(binaries(Map.of()).find(List.of("codex"))).contains(managed.toString());
    }

    @Test
    void a_program_shows_as_soon_as_it_is_installed() throws Exception {
        InstalledBinaries binaries = binaries(Map.of());
        assertThat(binaries.find(List.of("codex"))).isEmpty();

        Path installed = program(global.resolve("codex"));

        assertThat(binaries.find(List.of("codex"))).contains(installed.toString());
    }

    @Test
    void names_are_tried_in_their_order() throws Exception {
        program(global.resolve("second"));
        Path first = program(global.resolve("first"));

        assertThat(binaries(Map.of()).find(List.of("first", "second"))).contains(first.toString());
    }

    @Test
    void folders_and_files_that_nobody_may_execute_are_no_programs() throws Exception {
        Files.createDirectory(global.resolve("codex"));
        Files.createFile(global.resolve("gemini"));

        assertThat(binaries(Map.of()).find(List.of("codex", "gemini"))).isEqualTo(Optional.empty());
    }

    @Test
    void the_search_path_begins_with_the_managed_folders_and_names_none_twice() {
        String own = String.join(
                File.pathSeparator, "/usr/bin", "", prefix.resolve("bin").toString(), global.toString());

        String path =
                binaries(Map.of("PATH", own)).environment(Set.of(), Map.of()).get("PATH");

        assertThat(path)
                .isEqualTo(String.join(
                        File.pathSeparator,
                        prefix.resolve("bin").toString(),
                        prefix.toString(),
                        "/usr/bin",
                        global.toString()));
    }

    @Test
    void home_and_its_folders_are_those_of_the_agents() {
        Map<String, String> child = binaries(
                        Map.of("HOME", "/home/operator", "XDG_CONFIG_HOME", "/home/operator/.config"))
                .environment(Set.of("HOME", "XDG_*"), Map.of());

        assertThat(child)
                .containsEntry("HOME", home.toString())
                .containsEntry("XDG_CONFIG_HOME", home.resolve(".config").toString())
                .containsEntry("XDG_DATA_HOME", home.resolve(".local/share").toString())
                .containsEntry("XDG_STATE_HOME", home.resolve(".local/state").toString())
                .containsEntry("XDG_CACHE_HOME", home.resolve(".cache").toString())
                .containsEntry("NPM_CONFIG_PREFIX", prefix.toString())
                .containsEntry("TERM", "dumb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LANG",
                "LC_ALL",
                "TZ",
                "HTTPS_PROXY",
                "https_proxy",
                "NO_PROXY",
                "SSL_CERT_FILE",
                "NODE_EXTRA_CA_CERTS",
                "npm_config_registry"
            })
    void what_a_program_needs_on_this_machine_is_passed_on(String name) {
        assertThat(binaries(Map.of(name, "value")).environment(Set.of(), Map.of()))
                .containsEntry(name, "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "LD_PRELOAD", "NODE_OPTIONS", "JAVA_TOOL_OPTIONS"})
    void nothing_else_is_passed_on_unless_it_is_asked_for(String name) {
        InstalledBinaries binaries = binaries(Map.of(name, "value"));

        assertThat(binaries.environment(Set.of(), Map.of())).doesNotContainKey(name);
        assertThat(binaries.environment(Set.of(name), Map.of())).containsEntry(name, "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"npm_config_fetch_retries", "NPM_CONFIG_FETCH_RETRIES"})
    void what_is_usual_yields_as_a_whole_to_what_the_operator_has_set(String name) {
        Map<String, String> usual = Map.of("npm_config_fetch_retries", "usual", "npm_config_other", "usual");

        assertThat(binaries(Map.of(name, "own", "unrelated", "x")).environment(Set.of(), usual, Map.of("ONE", "1")))
                .containsEntry(name, "own")
                .containsEntry("ONE", "1")
                .doesNotContainValue("usual")
                .doesNotContainKeys("npm_config_other", "unrelated");
        assertThat(binaries(Map.of(name, " ")).environment(Set.of(), usual, Map.of()))
                .containsAllEntriesOf(usual)
                .doesNotContainValue(" ");
    }

    @Test
    void what_has_to_be_wins_over_what_is_usual() {
        assertThat(binaries(Map.of()).environment(Set.of(), Map.of("ONE", "usual"), Map.of("ONE", "needed")))
                .containsEntry("ONE", "needed");
        assertThat(binaries(Map.of("ONE", "own"))
                        .environment(Set.of(), Map.of("ONE", "usual"), Map.of("ONE", "needed")))
                .containsEntry("ONE", "needed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UI_BASIC_AUTH_USERNAME",
                "UI_BASIC_AUTH_PASSWORD",
                "SKILL_RUNNER_DATA_DIR",
                "SKILL_RUNNER_ATTEMPT",
                "GEMINI_OAUTH_CLIENT_SECRET",
                "CLIENT_SECRET",
                "OPENAI_CLIENT_SECRET"
            })
    void what_belongs_to_the_server_is_never_passed_on_whoever_asks(String name) {
        Map<String, String> child =
                binaries(Map.of(name, "secret")).environment(Set.of(name, "*", name.substring(0, 3) + "*"), Map.of());

        assertThat(child).doesNotContainKey(name);
    }

    @Test
    void what_the_engine_sets_has_the_last_word() {
        assertThat(binaries(Map.of("LANG", "de_DE")).environment(Set.of(), Map.of("LANG", "C", "NO_COLOR", "1")))
                .containsEntry("LANG", "C")
                .containsEntry("NO_COLOR", "1");
    }

    private InstalledBinaries binaries(Map<String, String> environment) {
        Map<String, String> server = new HashMap<>(environment);
        server.putIfAbsent("PATH", global.toString());
        return new InstalledBinaries(prefix, home, server);
    }

    private static Path program(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return file;
    }
}
