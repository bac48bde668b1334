package skillrunner.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What clients and engines write does not become lines of the log. */
class LogIT {
    private static final String FORGED = "2026-11-28T00:00:00.000+00:00 [ERROR] Forged the disk is gone";

    /** As the log is written in UTF-8: a line feed, a carriage return, an escape sequence, a separator, a direction mark. */
    private static final List<String> HOSTILE = List.of("\n", "\r", "\u001b[2J", "\u2028", "\u202e", "\u0085");

    @TempDir
    private Path home;

    @Test
    void whatever_clients_and_engines_write_an_event_stays_one_line_and_output_stays_out() throws Exception {
        try (RunningServer server = start(Map.of())) {
            attack(server.port());
            verbose(server.client());

            assertHarmless(server.log());
            assertThat(server.log()).doesNotContain("Forged", "said by the engine");
            assertThat(server.client().get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void where_the_operator_lets_it_an_engines_output_is_logged_escaped_and_cut() throws Exception {
        try (RunningServer server = start(Map.of("SKILL_RUNNER_LOG_ENGINE_OUTPUT", "true"))) {
            verbose(server.client());

            await().until(() -> server.log().contains("said by the engine"));
            assertHarmless(server.log());
        }
    }

    private RunningServer start(Map<String, String> settings) throws IOException {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        return RunningServer.start(home, settings);
    }

    private static void verbose(ApiClient api) throws Exception {
        Map<String, Object> job = TestSkill.job(
                Map.of("no_cache", true, "verbose", 2),
                "stderr said by the engine " + FORGED,
                "say said by the engine",
                "answer {\"status\": \"fine\"}");
        JsonNode end = api.awaitEnd(api.create(job));
        assertThat(end.get("status").stringValue()).isEqualTo("succeeded");
    }

    private static void attack(int port) throws IOException {
        for (String hostile : HOSTILE) {
            String raw = "x" + hostile + FORGED;
            String encoded = URLEncoder.encode(raw, StandardCharsets.UTF_8).replace("+", "%20");
            String header = raw.replaceAll("[\r\n]", " ");
            for (String path : List.of("/", "/ui/", "/ui/runs/table?x=", "/v1/skills/", "/v1/jobs/", "/old/")) {
                send(
                        port,
                        "GET " + path + encoded + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + header
                                + "\r\nReferer: " + header + "\r\nAuthorization: Basic " + header
                                + "\r\nConnection: close\r\n\r\n");
            }
            send(port, "GET / HTTP/1.1\r\nHost: " + header + "\r\nConnection: close\r\n\r\n");
            send(port, raw + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + header
                    + "\"\r\n\r\nno zip\r\n--b--\r\n";
            send(
                    port,
                    "POST /v1/skill-packages/install HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }
    }

    private static void send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private static void assertHarmless(String log) {
        assertThat(log.lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ \\[[A-Z]+] .*"));
        assertThat(log.lines()).noneMatch(line -> line.startsWith(FORGED)).allMatch(line -> line.length() < 2_200);
        assertThat(log.chars()
                        .filter(c -> (c < ' ' && c != '\n') || c == 0x85 || c == 0x2028 || c == 0x202e)
                        .count())
                .isZero();
    }
}
