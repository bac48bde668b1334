package skillrunner.app.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.SlotPolicy;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.embedding.settings.UnsuitableFolderException;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {
    private static final Path INSTALLATION = Path.of("/opt/skill-runner");
    private static final Path USER_HOME = Path.of("/home/somebody");

    @Test
    void without_any_variable_the_documented_defaults_hold() {
        Settings settings = read(Map.of());
        assertThat(settings.access().host()).isEqualTo("127.0.0.1");
        assertThat(settings.access().port()).isEqualTo(8000);
        assertThat(settings.storage().data()).isEqualTo(INSTALLATION.resolve("data"));
        assertThat(settings.storage().skills()).isEqualTo(INSTALLATION.resolve("data/skills"));
        assertThat(settings.storage().builtinSkills()).isEqualTo(INSTALLATION.resolve("skills"));
        assertThat(settings.storage().models()).isEqualTo(INSTALLATION.resolve("data/engine_models"));
        assertThat(settings.storage().agentHome())
                .isEqualTo(USER_HOME.resolve(".local/share/skill-runner/agent-cache/agent-home"));
        assertThat(settings.storage().npmPrefix())
                .isEqualTo(USER_HOME.resolve(".local/share/skill-runner/agent-cache/npm"));
        assertThat(settings.runs().slots()).isEqualTo(SlotPolicy.DEFAULT);
        assertThat(settings.runs().maxQueued()).isEqualTo(128);
        assertThat(settings.runs().hardTimeoutSeconds()).isEqualTo(1200);
        assertThat(settings.log().level()).isEqualTo(Level.INFO);
    }

    @Test
    void archives_for_runs_and_packages_differ_in_their_own_size_alone() {
        ArchiveSettings archives = read(Map.of("SKILL_RUNNER_ARCHIVE_MAX_ENTRIES", "7", "SKILL_PACKAGE_MAX_BYTES", "9"))
                .archives();

        assertThat(archives.uploads()).isEqualTo(new ZipLimits(200L << 20, 7, 200L << 20, 64L << 20, 100, 255, 20));
        assertThat(archives.packages()).isEqualTo(archives.uploads().withArchiveBytes(9));
    }

    @Test
    void a_blank_value_counts_as_unset() {
        Map<String, String> blank = new HashMap<>();
        Settings.VARIABLES.forEach(variable -> blank.put(variable.name(), "  "));
        assertThat(read(blank)).isEqualTo(read(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 65536",
        "PORT, -1",
        "PORT, x",
        "SKILL_RUNNER_ALLOW_INSECURE_BIND, perhaps",
        "LOG_LEVEL, loud",
        "SKILL_RUNNER_ENGINES, Codex",
        "SKILL_RUNNER_SESSION_TIMEOUT_SEC, 0",
        "UPLOAD_MAX_BYTES, 1.5",
        "SKILL_RUNNER_ARCHIVE_MAX_ENTRIES, 0",
        "SKILL_RUNNER_ARCHIVE_MAX_RATIO, many",
        "HOST, 0.0.0.0",
        "HOST, example.org",
        "LANDLOCK_ENABLED, 2",
        "SKILL_RUNNER_NPM_PACKAGE_CODEX, --global",
        "SKILL_RUNNER_NPM_PACKAGE_CLAUDE, a b",
        "SKILL_RUNNER_ENGINE_ENV_CODEX, 'A,B*'",
        "SKILL_RUNNER_MAX_STREAMS, 0",
        "UI_BASIC_AUTH_ENABLED, perhaps",
        "SKILL_RUNNER_AUTH_SCOPE, some",
        "SKILL_RUNNER_UI_LEGACY_API_SUNSET, 'aéb'",
        "SKILL_RUNNER_UI_LEGACY_API_REPLACEMENT_DOC, a>b"
    })
    void a_value_that_can_not_be_used_is_named(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith(name + "=");
    }

    @Test
    void a_bad_number_for_the_slots_falls_back_with_a_warning() {
        Settings settings = read(Map.of("SKILL_RUNNER_CPU_FACTOR", "many", "SKILL_RUNNER_FD_RESERVE", "-5"));
        assertThat(settings.runs().slots()).isEqualTo(SlotPolicy.DEFAULT);
        assertThat(settings.runs().warnings()).hasSize(2);
    }

    @Test
    void an_open_address_needs_a_word_of_consent() {
        Settings settings = read(Map.of("HOST", "0.0.0.0", "SKILL_RUNNER_ALLOW_INSECURE_BIND", "yes"));
        assertThat(settings.access().insecure()).isTrue();
        assertThat(read(Map.of("HOST", "::1")).access().insecure()).isFalse();
    }

    @Test
    void the_home_of_the_operator_is_where_the_environment_says_if_that_is_a_place() {
        assertThat(read(Map.of("HOME", "/srv/operator")).storage().userHome()).isEqualTo(Path.of("/srv/operator"));
        assertThat(read(Map.of("HOME", "/srv/operator")).storage().npmPrefix())
                .isEqualTo(Path.of("/srv/operator/.local/share/skill-runner/agent-cache/npm"));
        assertThat(read(Map.of("HOME", "operator")).storage().userHome()).isEqualTo(USER_HOME);
        assertThat(read(Map.of("HOME", "/a\0b")).storage().userHome()).isEqualTo(USER_HOME);
    }

    @Test
    void any_engine_may_have_a_package_and_variables_of_its_own() {
        EngineId fifth = new EngineId("my-claude");
        List<EngineId> known = List.of(EngineId.CODEX, fifth);
        EngineVariables engines = read(Map.of(
                        "SKILL_RUNNER_NPM_PACKAGE_MY_CLAUDE",
                        "@mirror/claude@2.1.0",
                        "SKILL_RUNNER_ENGINE_ENV_MY_CLAUDE",
                        "ONE, TWO_2,"))
                .engines();

        assertThat(engines.packages().of(known)).isEqualTo(Map.of(fifth, "@mirror/claude@2.1.0"));
        assertThat(engines.variables().of(known)).isEqualTo(Map.of(fifth, List.of("ONE", "TWO_2")));
        assertThatThrownBy(() -> engines.packages().of(List.of(EngineId.CODEX)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("SKILL_RUNNER_NPM_PACKAGE_MY_CLAUDE=")
                .hasMessageContaining("CODEX");
    }

    @Test
    void the_server_has_the_limits_that_a_runner_has_in_another_program() {
        RunnerSettings server = read(Map.of()).runner(EngineId.BUILT_IN);
        RunnerSettings embedded = RunnerSettings.in(INSTALLATION);

        assertThat(embedded.withRuns(server.runs())
                        .withEngines(server.engines())
                        .withStorage(server.storage()))
                .isEqualTo(server);
        assertThat(embedded.runs().withSlots(1)).isEqualTo(server.runs().withSlots(1));
        assertThat(embedded.engines()).isEqualTo(server.engines());
    }

    @Test
    void a_folder_that_can_not_be_kept_private_is_named_by_its_variable() {
        Settings settings = read(Map.of());

        assertThat(StorageVariables.unsuitable(
                        settings.storage(),
                        new UnsuitableFolderException(settings.storage().agentHome(), "is shared; name another")))
                .hasMessageStartingWith(
                        "SKILL_RUNNER_AGENT_HOME=" + settings.storage().agentHome())
                .hasMessageContaining("is shared; name another");
        assertThat(StorageVariables.unsuitable(
                        settings.storage(),
                        new UnsuitableFolderException(settings.storage().data().resolve("runs"), "is shared")))
                .hasMessageStartingWith(
                        "SKILL_RUNNER_DATA_DIR=" + settings.storage().data());
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(environment, INSTALLATION, USER_HOME);
    }
}
