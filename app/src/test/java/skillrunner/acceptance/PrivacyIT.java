package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;

/** What another user of the machine can see of a server. */
class PrivacyIT {
    private static final List<String> PRIVATE =
            List.of("data", "data/runs", "data/requests", "data/skills", "cache/agent-home", "cache/npm");

    @TempDir
    private Path home;

    @Test
    void whatever_was_open_before_and_however_the_server_is_started_nobody_else_can_look_in() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        for (String name : PRIVATE) {
            Files.setPosixFilePermissions(
                    Files.createDirectories(home.resolve(name)), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path log = Files.createFile(home.resolve("log"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (List<String> through : List.of(List.<String>of(), wideOpen())) {
            try (RunningServer server = RunningServer.start(home, Map.of("LOG_FILE", log.toString()), through)) {
                ApiClient api = server.client();
                api.awaitEnd(api.create(TestSkill.job()));
                for (String name : PRIVATE) {
                    assertThat(mode(home.resolve(name))).as(name).isEqualTo("rwx------");
                }
                for (Path file :
                        List.of(home.resolve("data/skill_runner.db"), home.resolve("data/engine_upgrades.db"), log)) {
                    assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
                }
                assertNobodyReads("data/skill_runner.db", "data/runs", "cache/agent-home", "log");
                server.kill();
            }
        }
    }

    @Test
    void skills_and_models_mounted_for_reading_only_and_a_prefix_of_others_are_used_as_they_are() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("node/bin"), EngineId.CODEX);
        Path skills = home.resolve("data/skills");
        Path models = Files.createDirectories(home.resolve("models"));
        Path node = home.resolve("node");
        Files.createDirectories(node.resolve("lib"));
        for (Path open : List.of(skills, models, node)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Map<String, String> settings =
                Map.of("SKILL_RUNNER_MODELS_DIR", models.toString(), "SKILL_RUNNER_NPM_PREFIX", node.toString());
        List<String> readOnly = MountNamespace.after(readOnly(skills) + " && " + readOnly(models));
        try (RunningServer server = RunningServer.start(home, settings, readOnly)) {
            ApiClient api = server.client();
            assertThat(api.awaitEnd(api.create(TestSkill.job())).get("status").stringValue())
                    .as(server.log())
                    .isEqualTo("succeeded");
            for (Path open : List.of(skills, models, node)) {
                assertThat(mode(open)).as(open.toString()).isEqualTo("rwxr-xr-x");
                assertThat(server.log()
                                .lines()
                                .filter(line -> line.contains("[WARN]") && line.contains("the folder " + open + " ")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_data_directory_of_another_user_stops_the_start_with_what_mends_it() throws Exception {
        OtherUser.assumeThatRootRunsTheTests(home);
        Path data = Files.createDirectories(home.resolve("data"));
        OtherUser.NOBODY.own(data);

        Command.Ended ended = Command.run(RunningServer.environment(home, Map.of()), "serve");

        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .contains("SKILL_RUNNER_DATA_DIR=" + data, "chown -R 0");
        assertThat(data).isEmptyDirectory();
    }

    private static String readOnly(Path folder) {
        return "mount --bind '" + folder + "' '" + folder + "' && mount -o remount,bind,ro '" + folder + "'";
    }

    /** The launcher narrows the mask; a server that is started without it is not better off. */
    private static List<String> wideOpen() {
        Path dist = Repository.root().resolve("app/target/dist/skill-runner.jar");
        return List.of(
                "sh",
                "-c",
                "umask 000; exec '" + System.getProperty("java.home") + "/bin/java' -Dskillrunner.home='"
                        + Repository.root() + "' -jar '" + dist + "' serve");
    }

    private void assertNobodyReads(String... names) throws Exception {
        OtherUser.assumeThatRootRunsTheTests(home);
        for (String name : names) {
            String said = OtherUser.NOBODY.says(
                    "if test -d \"$1\"; then ls \"$1/\"; else cat \"$1\"; fi", home.resolve(name));
            assertThat(said).as(name).contains("ermission denied");
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
