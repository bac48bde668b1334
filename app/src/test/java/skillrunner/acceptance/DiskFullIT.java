package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** A data directory on a small disk of its own, in a mount namespace that ends with the server. */
class DiskFullIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANSWER = "answer {\"status\": \"ok\"}";

    @TempDir
    private Path home;

    @Test
    void a_run_that_fills_the_disk_fails_and_the_server_goes_on() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home.resolve("outside"));
        Path skills = home.resolve("outside/data/skills");
        List<String> smallDisk = MountNamespace.after("mount -t tmpfs -o size=24m tmpfs '" + disk + "'");
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_DATA_DIR", disk.resolve("data").toString(), "SKILL_RUNNER_SKILLS_DIR", skills.toString());
        try (RunningServer server = RunningServer.start(home, settings, smallDisk)) {
            ApiClient api = server.client();
            JsonNode before = api.awaitEnd(api.create(TestSkill.job("answer {\"status\": \"ok\"}")));
            assertThat(before.get("status").stringValue()).isEqualTo("succeeded");
            String request = api.create(TestSkill.job("lines 400000 100", "hang"));
            JsonNode full = api.awaitEnd(request);
            assertThat(full.get("status").stringValue()).isEqualTo("failed");
            assertThat(full.get("error").get("code").stringValue()).isEqualTo("STORAGE_FULL");
            assertThat(Processes.of(full.get("run_id").stringValue())).isEmpty();
            assertThat(api.result(request).get("status").stringValue()).isEqualTo("failed");
            assertThat(api.get("/healthz").status()).isEqualTo(200);
            assertThat(api.status(before.get("request_id").stringValue())
                            .get("status")
                            .stringValue())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void a_run_that_uses_up_the_inodes_fails_and_the_server_goes_on() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home.resolve("outside"));
        Path skills = home.resolve("outside/data/skills");
        List<String> fewInodes = MountNamespace.after("mount -t tmpfs -o size=64m,nr_inodes=600 tmpfs '" + disk + "'");
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_DATA_DIR", disk.resolve("data").toString(), "SKILL_RUNNER_SKILLS_DIR", skills.toString());
        try (RunningServer server = RunningServer.start(home, settings, fewInodes)) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job("sh i=0; while echo x > f$i; do i=$((i+1)); done", "hang"));
            JsonNode full = api.awaitEnd(request);
            assertThat(full.get("status").stringValue()).isEqualTo("failed");
            assertThat(full.get("error").get("code").stringValue()).isEqualTo("STORAGE_FULL");
            assertThat(Processes.of(full.get("run_id").stringValue())).isEmpty();
            assertThat(api.result(request).get("status").stringValue()).isEqualTo("failed");
            assertThat(api.get("/healthz").status()).isEqualTo(200);
        }
    }

    /** As the kernel does it after an error of the disk: such a file system still calls itself writable. */
    @Test
    void a_disk_that_a_fault_makes_read_only_is_told_from_a_full_one_and_a_start_on_a_sound_one_goes_on()
            throws Exception {
        OtherUser.assumeThatRootRunsTheTests(home);
        assumeThat(Path.of("/dev/loop-control"))
                .as("a disk in a file needs loop devices")
                .exists();
        assumeThat(Path.of("/usr/sbin/mkfs.ext4"))
                .as("a disk in a file needs mkfs.ext4")
                .exists();
        Path disk = Files.createDirectories(home.resolve("disk"));
        Path image = home.resolve("image");
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home.resolve("outside"));
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_DATA_DIR",
                disk.resolve("data").toString(),
                "SKILL_RUNNER_SKILLS_DIR",
                home.resolve("outside/data/skills").toString());
        String mount = "mount -o loop '" + image + "' '" + disk + "'";
        String finished;
        String working;
        try (RunningServer server = RunningServer.start(
                home,
                settings,
                privately("truncate -s 64M '" + image + "' && mkfs.ext4 -q '" + image + "' && " + mount))) {
            ApiClient api = server.client();
            finished = api.create(TestSkill.job("artifact a.txt kept", ANSWER));
            api.awaitEnd(finished);
            working = api.create(TestSkill.job("say begun", "wait " + home.resolve("go"), "lines 1000 100", ANSWER));
            await().atMost(PATIENCE).until(() -> api.stdout(working).contains("begun"));

            said("nsenter", "-t", String.valueOf(server.pid()), "-m", "mount", "-o", "remount,abort", disk.toString());

            await().atMost(PATIENCE).until(() -> api.get("/readyz").status() == 503);
            assertThat(api.get("/healthz").status()).isEqualTo(200);
            assertThat(api.status(finished).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(api.get("/v1/jobs/" + finished + "/artifacts/artifacts/a.txt")
                            .body())
                    .isEqualTo("kept");
            for (ApiClient.Answer refused : List.of(
                    api.post("/v1/jobs", TestSkill.job(ANSWER)),
                    api.post("/v1/jobs/" + working + "/cancel"),
                    api.install(TestPackage.of("mine", "1.0.0").zip()))) {
                assertThat(refused.status()).as(refused.body()).isEqualTo(503);
                assertThat(refused.body()).contains("STORAGE_UNAVAILABLE");
            }
            Files.createFile(home.resolve("go"));
            server.kill();
        }
        // The agent still holds the disk, which stays as it is until the last one lets go of it.
        await().atMost(PATIENCE)
                .until(() -> said("losetup", "-j", image.toString()).isEmpty());
        try (RunningServer server = RunningServer.start(home, settings, privately(mount))) {
            ApiClient api = server.client();
            assertThat(api.awaitEnd(working).get("status").stringValue())
                    .as("what it wrote is lost")
                    .isEqualTo("failed");
            assertThat(api.get("/v1/jobs/" + finished + "/artifacts/artifacts/a.txt")
                            .body())
                    .isEqualTo("kept");
            assertThat(api.awaitEnd(api.create(TestSkill.job(ANSWER)))
                            .get("status")
                            .stringValue())
                    .isEqualTo("succeeded");
            assertThat(api.get("/readyz").status()).isEqualTo(200);
        }
    }

    private static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What is mounted goes with the server. */
    private static List<String> privately(String mount) {
        return List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", mount + " && exec \"$@\"", "sh");
    }
}
