package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Installing a skill when the disk does not do as it should. */
class InstallStorageIT {
    @TempDir
    private Path home;

    private Path skills = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        skills = Files.createDirectories(home.resolve("data/skills"));
        Files.createDirectories(skills.resolve(".staging"));
    }

    @Test
    void a_new_version_that_can_not_be_moved_in_gives_the_old_one_its_place_back() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            JsonNode first =
                    server.client().installed(TestPackage.of("one", "1.0.0").zip());
            assertThat(first.get("status").stringValue()).as(first.toString()).isEqualTo("succeeded");
            assertThat(server.stop()).isZero();
        }
        // What lies on another file system can't be renamed into the folder of skills.
        try (RunningServer server = RunningServer.start(
                home, Map.of(), MountNamespace.after("mount -t tmpfs tmpfs '" + skills.resolve(".staging") + "'"))) {
            ApiClient api = server.client();

            JsonNode second = api.installed(TestPackage.of("one", "2.0.0").zip());

            assertThat(second.get("status").stringValue()).as(second.toString()).isEqualTo("failed");
            assertThat(second.get("error").stringValue()).isNotBlank().doesNotContain(home.toString());
            assertThat(version(api)).isEqualTo("1.0.0");
            assertThat(skills.resolve("one/SKILL.md")).exists();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            assertThat(version(api)).isEqualTo("1.0.0");
            JsonNode third = api.installed(TestPackage.of("one", "2.0.0").zip());
            assertThat(third.get("status").stringValue()).as(third.toString()).isEqualTo("succeeded");
        }
    }

    @Test
    void a_full_disk_fails_the_installation_and_leaves_the_old_version() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        try (RunningServer server = RunningServer.start(
                home,
                Map.of("SKILL_RUNNER_SKILLS_DIR", disk.resolve("skills").toString()),
                MountNamespace.after("mount -t tmpfs -o size=4m tmpfs '" + disk + "'"))) {
            ApiClient api = server.client();
            JsonNode first = api.installed(TestPackage.of("one", "1.0.0").zip());
            assertThat(first.get("status").stringValue()).as(first.toString()).isEqualTo("succeeded");

            JsonNode full = api.installed(TestPackage.of("one", "2.0.0")
                    .file("data", TestPackage.noise(6 << 20))
                    .zip());

            assertThat(full.get("status").stringValue()).as(full.toString()).isEqualTo("failed");
            assertThat(full.get("error").stringValue()).contains("disk is full");
            assertThat(version(api)).isEqualTo("1.0.0");
            JsonNode small = api.installed(TestPackage.of("one", "2.0.1")
                    .file("data", TestPackage.noise(1 << 20))
                    .zip());
            assertThat(small.get("status").stringValue()).as(small.toString()).isEqualTo("succeeded");
        }
    }

    private static String version(ApiClient api) {
        return api.get("/v1/skills/one").json().get("version").stringValue();
    }
}
