package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.engine.KnownEngines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The examination of the machine, on programs that a test lays out. */
class DoctorIT {
    @TempDir
    private Path home;

    @Test
    void a_machine_with_a_cli_is_healthy() throws Exception {
        cli("codex", "echo 'codex-cli 0.169.0'");

        Command.Ended ended = doctor(Map.of());

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out())
                .startsWith("CHECK")
                .containsPattern("engine codex +warning +0\\.169\\.0, managed, not signed in, sandbox unknown")
                .containsPattern("engine iflow +warning +no CLI found")
                .contains("-> ./scripts/agent_manager.sh --upgrade-engine opencode");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void every_check_is_json_as_well() throws Exception {
        cli("codex", "echo 'codex-cli 0.169.0'");
        Path credentials = home.resolve("cache/agent-home/.codex/auth.json");
        Files.createDirectories(credentials.getParent());
        Files.writeString(credentials, "{}");

        Command.Ended ended = doctor(Map.of(), "--json");

        JsonNode examination = JsonMapper.builder().build().readTree(ended.out());
        assertThat(examination.get("healthy").booleanValue()).isTrue();
        List<String> names = StreamSupport.stream(examination.get("checks").spliterator(), false)
                .map(check -> check.get("name").stringValue())
                .toList();
        List<String> expected = new ArrayList<>(List.of("settings", "java", "data directory", "proxy"));
        KnownEngines.names().forEach(engine -> expected.add("engine " + engine));
        expected.addAll(List.of("npm", "git", "rg", "run processes", "run limits", "control groups"));
        assertThat(names).isEqualTo(expected);
        JsonNode codex = examination.at("/checks/4");
        assertThat(codex.get("status").stringValue()).isEqualTo("ok");
        assertThat(codex.get("detail").stringValue()).contains("signed in, sandbox available");
        assertThat(codex.get("remedy").stringValue()).isEmpty();
    }

    @Test
    void a_machine_without_any_cli_has_a_problem_and_the_command_that_mends_it() throws Exception {
        Command.Ended ended = doctor(Map.of("PATH", "/usr/bin:/bin"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("engines +problem +no CLI is installed")
                .contains("-> ./scripts/agent_manager.sh --upgrade-engine codex");
    }

    @Test
    void a_cli_that_hangs_is_cut_off() throws Exception {
        cli("codex", "echo $$ > '" + home.resolve("pid") + "'; sleep 1000; sleep 1000");

        Command.Ended ended = doctor(Map.of());

        assertThat(ended.out()).contains("gave no version within 5 s");
        long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void a_bad_setting_is_a_problem_that_names_it() throws Exception {
        cli("codex", "echo 'codex-cli 0.169.0'");

        Command.Ended ended = doctor(Map.of("SKILL_RUNNER_CPU_FACTOR", "1", "PORT", "eighty"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).containsPattern("settings +problem +PORT=eighty");
    }

    @Test
    void what_can_be_used_of_the_settings_is_examined_and_each_of_the_others_is_named() throws Exception {
        cli("codex", "echo 'codex-cli 0.169.0'");
        Path data = home.resolve("elsewhere/data");

        Command.Ended ended = doctor(Map.of(
                "HOST", "0.0.0.0",
                "UI_BASIC_AUTH_ENABLED", "true",
                "LOG_LEVEL", "loud",
                "SKILL_RUNNER_ENGINES", "codex,none",
                "SKILL_RUNNER_DATA_DIR", data.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines().filter(line -> line.startsWith("settings")))
                .hasSize(3)
                .anyMatch(line -> line.contains("UI_BASIC_AUTH_ENABLED=true"))
                .anyMatch(line -> line.contains("LOG_LEVEL=loud"))
                .anyMatch(line -> line.contains("SKILL_RUNNER_ENGINES=none"));
        assertThat(ended.out())
                .containsPattern("data directory +ok +" + data)
                .containsPattern("engine codex +warning +0\\.169\\.0, managed");
    }

    @Test
    void a_data_directory_that_can_not_be_made_is_a_problem() throws Exception {
        cli("codex", "echo 'codex-cli 0.169.0'");
        Path file = Files.writeString(home.resolve("file"), "");

        Command.Ended ended =
                doctor(Map.of("SKILL_RUNNER_DATA_DIR", file.resolve("data").toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).containsPattern("data directory +problem +.*can't be written");
    }

    @Test
    void folders_of_another_user_are_problems_with_the_command_that_mends_them() throws Exception {
        OtherUser.assumeThatRootRunsTheTests(home);
        cli("codex", "echo 'codex-cli 0.169.0'");
        Path data = Files.createDirectories(home.resolve("data"));
        Path agentHome = Files.createDirectories(home.resolve("cache/agent-home"));
        OtherUser.NOBODY.own(data);
        OtherUser.NOBODY.own(agentHome);

        Command.Ended ended = doctor(Map.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("data directory +problem +" + data + " belongs to user 65534")
                .containsPattern("agent home +problem +" + agentHome + " belongs to user 65534")
                .contains("-> as root run: chown -R 0 '" + data + "'");
    }

    private void cli(String name, String script) throws IOException {
        Path program = home.resolve("cache/npm/bin").resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Command.Ended doctor(Map<String, String> settings, String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Command.run(RunningServer.environment(home, new HashMap<>(settings)), arguments);
    }
}
