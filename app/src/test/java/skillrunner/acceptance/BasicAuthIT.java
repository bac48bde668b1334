package skillrunner.acceptance;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that asks for a password, from its start to its log. */
class BasicAuthIT {
    private static final String SECRET = "s3cret:of the house";

    @TempDir
    private Path home;

    @Test
    void the_script_that_switches_it_on_explains_itself_and_starts_nothing() throws Exception {
        Command.Ended help = Command.run(
                Repository.root().resolve("scripts/start_ui_auth_server.sh"),
                RunningServer.environment(home, Map.of()),
                "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("UI_BASIC_AUTH_PASSWORD", "PORT");
        assertThat(help.err()).isEmpty();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void without_user_name_or_password_the_start_is_refused_before_anything_else() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (Map<String, String> incomplete : List.of(
                Map.<String, String>of(),
                Map.of("UI_BASIC_AUTH_USERNAME", "admin", "UI_BASIC_AUTH_PASSWORD", ""),
                Map.of("UI_BASIC_AUTH_PASSWORD", SECRET))) {
            Map<String, String> settings = new HashMap<>(incomplete);
            settings.put("UI_BASIC_AUTH_ENABLED", "true");
            settings.put("PORT", Integer.toString(port));

            Command.Ended ended = Command.run(RunningServer.environment(home, settings), "serve");

            assertThat(ended.code()).isEqualTo(78);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err().lines().toList()).hasSize(1);
            assertThat(ended.err())
                    .contains("UI_BASIC_AUTH_USERNAME", "UI_BASIC_AUTH_PASSWORD")
                    .doesNotContain(SECRET);
            assertThat(home.resolve("data")).doesNotExist();
            // Nobody listens there: the port can be taken.
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void yes_is_on_and_the_log_says_what_is_covered_but_no_password() throws Exception {
        try (RunningServer server = RunningServer.start(
                home,
                Map.of(
                        "UI_BASIC_AUTH_ENABLED", "YES",
                        "UI_BASIC_AUTH_USERNAME", "admin",
                        "UI_BASIC_AUTH_PASSWORD", SECRET,
                        "LOG_LEVEL", "DEBUG"))) {
            assertThat(server.client().get("/ui/runs").status()).isEqualTo(401);
            assertThat(server.client().get("/v1/skills").status()).isEqualTo(200);
            assertThat(server.client()
                            .withPassword("admin", SECRET)
                            .get("/ui/runs")
                            .status())
                    .isEqualTo(200);
            assertThat(server.client()
                            .withPassword("admin", "wrong")
                            .get("/ui/runs")
                            .status())
                    .isEqualTo(401);
            assertThat(server.log()).contains("Basic Auth is on for /ui").doesNotContain(SECRET);
        }
    }

    @Test
    void an_open_address_with_a_password_starts_without_a_banner_and_covers_everything() throws Exception {
        try (RunningServer server = RunningServer.start(
                home,
                Map.of(
                        "HOST", "0.0.0.0",
                        "UI_BASIC_AUTH_ENABLED", "true",
                        "UI_BASIC_AUTH_USERNAME", "admin",
                        "UI_BASIC_AUTH_PASSWORD", SECRET))) {
            assertThat(server.client().get("/v1/skills").status()).isEqualTo(401);
            assertThat(server.client().get("/healthz").status()).isEqualTo(200);
            ApiClient.Answer page =
                    server.client().withPassword("admin", SECRET).get("/ui/runs");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).doesNotContain("asks nobody for a password");
            assertThat(server.log()).contains("Basic Auth is on for everything").doesNotContain("no password");
        }
    }

    @Test
    void no_process_can_read_the_password_from_the_one_that_asks_for_it() throws Exception {
        Path file = Files.writeString(home.resolve("password"), SECRET + "\n");
        for (Map<String, String> given : List.of(
                Map.of("UI_BASIC_AUTH_PASSWORD", SECRET), Map.of("UI_BASIC_AUTH_PASSWORD_FILE", file.toString()))) {
            Map<String, String> settings = new HashMap<>(given);
            settings.put("UI_BASIC_AUTH_ENABLED", "true");
            settings.put("UI_BASIC_AUTH_USERNAME", "admin");
            try (RunningServer server = RunningServer.start(home, settings)) {
                assertThat(server.client()
                                .withPassword("admin", SECRET)
                                .get("/ui/runs")
                                .status())
                        .isEqualTo(200);
                Path process = Path.of("/proc/" + server.pid());
                assertThat(Files.readString(process.resolve("environ")))
                        .contains("UI_BASIC_AUTH_ENABLED")
                        .doesNotContain(SECRET);
                assertThat(Files.readString(process.resolve("cmdline"))).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void zero_is_off_and_a_password_that_is_sent_means_nothing() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of("UI_BASIC_AUTH_ENABLED", "0"))) {
            assertThat(server.client().withPassword("x", "y").get("/ui/runs").status())
                    .isEqualTo(200);
            assertThat(server.log()).contains("Basic Auth is off");
        }
    }

    @Test
    void the_script_starts_a_server_that_asks_for_a_password() throws Exception {
        Path script = Repository.root().resolve("scripts/start_ui_auth_server.sh");
        try (RunningServer server = RunningServer.startBy(script, home, Map.of())) {
            assertThat(server.client().get("/ui/runs").status()).isEqualTo(401);
            assertThat(server.client()
                            .withPassword("admin", "change-me")
                            .get("/ui/runs")
                            .status())
                    .isEqualTo(200);
            assertThat(server.log()).contains("set UI_BASIC_AUTH_PASSWORD");
            assertThat(server.stop()).isZero();
        }
        Path other = Files.createDirectories(home.resolve("other"));
        try (RunningServer server = RunningServer.startBy(script, other, Map.of("UI_BASIC_AUTH_PASSWORD", SECRET))) {
            assertThat(server.client()
                            .withPassword("admin", SECRET)
                            .get("/ui/runs")
                            .status())
                    .isEqualTo(200);
            assertThat(server.log()).doesNotContain("set UI_BASIC_AUTH_PASSWORD", SECRET);
        }
    }
}
