package skillrunner.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.client.model.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever answers: a value, a refusal with its reason, or an exception that says what is wrong; never a guess and never for ever. */
class TransportTest {
    private ScriptedServer server;
    private SkillRunnerClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = SkillRunnerClient.of(server.address())
                .credentials(new Credentials("ann", "secret"))
                .timeout(Duration.ofSeconds(20))
                .retryFor(Duration.ZERO)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Small ones fit into the buffers of the network, large ones do not; nobody may be held for a quarter of an hour by either. */
    @Test
    @Timeout(60)
    void an_upload_that_is_not_taken_or_not_answered_is_given_up() throws Exception {
        SkillRunnerClient hasty = SkillRunnerClient.of(server.address())
                .timeout(Duration.ofMillis(300))
                .build();
        server.on("/v1/jobs/x/upload", ScriptedServer.silent());
        assertThatThrownBy(() -> hasty.upload("/v1/jobs/x/upload", Map.of("file", Upload.of(new byte[10]))))
                .isInstanceOf(HttpTimeoutException.class);
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SkillRunnerClient unheard = SkillRunnerClient.of(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))
                    .timeout(Duration.ofMillis(300))
                    .build();
            assertThatThrownBy(() -> unheard.upload("/upload", Map.of("file", Upload.of(new byte[64 << 20]))))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void a_value_of_a_newer_server_is_understood_as_far_as_it_is_known() throws Exception {
        server.json(
                "/v1/management/runs",
                """
                {"runs": [], "next_cursor": null, "newer": {"x": 1}, "awaiting_upload": [
                  {"request_id": "r", "kind": "sorcery", "skill_id": null, "engine": "codex", "created_at": "2026-11-22T08:30:00.123456Z"}]}
                """);
        var runs = client.managementOfRuns()
                .listRuns(List.of(RunStatus.WAITING_USER, RunStatus.FAILED), "a b&c", null, null, null, 7);
        assertThat(runs.nextCursor()).isNull();
        assertThat(runs.awaitingUpload().get(0).kind().name()).isEqualTo("OTHER");
        assertThat(runs.awaitingUpload().get(0).createdAt()).isEqualTo("2026-11-22T08:30:00.123456Z");
        assertThat(server.targets())
                .containsExactly("/v1/management/runs?status=waiting_user,failed&skill_id=a%20b%26c&limit=7");
        assertThat(server.requests().get(0).headers()).containsEntry("authorization", "Basic YW5uOnNlY3JldA==");
    }

    /** On a machine of two processors it has one thread, and whoever calls from there blocks it. */
    @Test
    @Timeout(60)
    void an_answer_is_had_though_the_program_blocks_the_pool_it_shares_with_the_jdk() throws Exception {
        server.json("/v1/management/runs", "{\"runs\": [], \"next_cursor\": null, \"awaiting_upload\": []}");
        int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
        CountDownLatch blocked = new CountDownLatch(threads);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        blocked.await();
        try {
            assertThat(client.managementOfRuns()
                            .listRuns(List.of(), null, null, null, null, 7)
                            .runs())
                    .isEmpty();
        } finally {
            done.countDown();
        }
    }

    @Test
    void a_refusal_says_why() {
        server.on(
                "/v1/skills/x",
                ScriptedServer.answer(
                        400,
                        "application/problem+json",
                        """
                {"type": "/problems/request-invalid", "title": "T", "status": 400, "detail": "D", "instance": "/", "code": "REQUEST_INVALID",
                 "errors": [{"pointer": "/a", "detail": "wrong"}, 7], "in_use": {"engine": "codex"}}
                """));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.skills().getSkill("x"))
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.code()).isEqualTo("REQUEST_INVALID");
                    assertThat(problem).hasMessage("D");
                    assertThat(problem.errors()).containsExactly(new ProblemException.FieldError("/a", "wrong"));
                    assertThat(problem.members()).containsEntry("in_use", Map.of("engine", "codex"));
                });
    }

    @Test
    void what_is_no_answer_of_a_skill_runner_is_said() {
        server.json("/v1/skills/cut-json", "{\"id\": \"x");
        server.json("/v1/skills/other", "[1]");
        server.json("/v1/skills/empty", "{}");
        server.json("/v1/skills/null", "null");
        server.json("/v1/skills/more", "{} {}");
        server.on("/v1/skills/html", ScriptedServer.answer(200, "text/html", "<html>"));
        server.on("/v1/skills/gateway", ScriptedServer.answer(502, "text/html", "<html>\u001b[2Jbad\u0007gateway"));
        server.on("/v1/skills/problem", ScriptedServer.answer(400, "application/problem+json", "{"));
        for (String id : List.of("cut-json", "other", "empty", "null", "more", "html", "gateway", "problem")) {
            assertThatThrownBy(() -> client.skills().getSkill(id))
                    .as(id)
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .message()
                    .contains("/v1/skills/" + id)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void a_redirect_is_not_followed_and_nobody_else_learns_the_password() throws Exception {
        try (ScriptedServer other = new ScriptedServer()) {
            server.on(
                    "/v1/skills/x",
                    (request, out) -> out.write(("HTTP/1.1 302 X\r\nLocation: " + other.address()
                                    + "/v1/skills/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(() -> client.skills().getSkill("x"))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining("not followed");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void an_answer_that_is_cut_is_none() {
        server.on(
                "/v1/skills/x",
                (request, out) ->
                        out.write("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}"
                                .getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> client.skills().getSkill("x")).isInstanceOf(IOException.class);
    }

    @Test
    void a_refusal_without_end_is_not_kept() {
        server.on("/v1/skills/x", (request, out) -> {
            out.write("HTTP/1.1 500 X\r\nContent-Type: application/problem+json\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] blanks = new byte[64 * 1024];
            Arrays.fill(blanks, (byte) ' ');
            while (true) {
                out.write(blanks);
            }
        });
        assertThatThrownBy(() -> client.skills().getSkill("x"))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("over");
    }

    @Test
    void who_holds_little_takes_no_answer_that_is_larger() throws Exception {
        server.json("/v1/skills", "[" + " ".repeat(100) + "]");
        SkillRunnerClient small =
                SkillRunnerClient.of(server.address()).answerLimit(100).build();
        assertThatThrownBy(() -> small.call("GET", "/v1/skills", null))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("/v1/skills is over 100 bytes");
        assertThat(SkillRunnerClient.of(server.address())
                        .answerLimit(102)
                        .build()
                        .call("GET", "/v1/skills", null)
                        .body())
                .hasSize(102);
    }

    @Test
    void a_server_that_says_nothing_is_not_waited_for_for_ever() {
        SkillRunnerClient hasty = SkillRunnerClient.of(server.address())
                .timeout(Duration.ofMillis(200))
                .build();
        server.on("/v1/skills/x", ScriptedServer.silent());
        server.on("/v1/skills/y", (request, out) -> {
            out.write("HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.currentThread().join();
        });
        assertThatThrownBy(() -> hasty.skills().getSkill("x")).isInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(() -> hasty.skills().getSkill("y")).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void a_server_that_is_not_there_is_named() throws Exception {
        URI address = server.address();
        server.close();
        assertThatThrownBy(() -> client.skills().listSkills())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(address.toString());
    }

    @Test
    void bytes_are_handed_on_as_they_come() throws Exception {
        server.on("/v1/jobs/r/bundle", ScriptedServer.answer(200, "application/zip", "PK"));
        server.on("/v1/jobs/none/bundle", ScriptedServer.problem(404, "RESULT_NOT_FOUND"));
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        assertThat(client.download("/v1/jobs/r/bundle", to)).isEqualTo(2);
        assertThat(to).hasToString("PK");
        try (Download download = client.open("/v1/jobs/none/bundle", Map.of("X-A", "b"))) {
            assertThat(download.status()).isEqualTo(404);
            assertThat(download.header("content-type")).contains("application/problem+json");
        }
        assertThat(server.requests().get(1).headers()).containsEntry("x-a", "b");
        assertThatThrownBy(() -> client.download("/v1/jobs/none/bundle", to)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_body_of_another_kind_is_sent_as_it_is() throws Exception {
        server.json("/form", "{}");
        client.call("POST", "/form", "application/x-www-form-urlencoded", "a=b");
        assertThat(server.requests().get(0).headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(server.requests().get(0).text()).isEqualTo("a=b");
    }

    @Test
    void a_path_below_the_address_of_the_server_stays_there() throws Exception {
        SkillRunnerClient below =
                SkillRunnerClient.of(URI.create(server.address() + "/agents/")).build();
        server.json("/agents/v1/skills", "[]");
        server.json("/agents/healthz", "{\"status\":\"ok\"}");
        assertThat(below.skills().listSkills()).isEmpty();
        assertThat(below.call("GET", "/healthz", null).body()).isEqualTo("{\"status\":\"ok\"}");
        for (String elsewhere : List.of("@evil.example/", "evil", "http://evil.example/", "")) {
            assertThatThrownBy(() -> below.call("GET", elsewhere, null)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_address_that_is_none_or_holds_a_password_is_refused() {
        for (String address :
                List.of("ftp://x", "http:/x", "x", "http://a:b@x", "http://x?y", "http://x#y", "file:///x")) {
            assertThatThrownBy(() -> SkillRunnerClient.of(URI.create(address)))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_the_server_is_stands_at_the_head_of_its_document() throws Exception {
        server.on(
                "/openapi.yaml",
                ScriptedServer.answer(
                        200,
                        "application/yaml",
                        """
                openapi: '3.1.1'
                info:
                  title: Skill Runner
                  version: '0.2.7'
                """
                                + "x".repeat(9000)));
        ServerInfo info = client.info();
        assertThat(info).isEqualTo(new ServerInfo("Skill Runner", "0.2.7"));
        assertThat(info.fits()).isFalse();
        assertThat(new ServerInfo("Skill Runner", "0.1.9").fits()).isTrue();
        assertThat(new ServerInfo("Skill Runner", "1.0.0").fits()).isFalse();
    }

    @Test
    void a_client_that_is_closed_leaves_no_thread_behind_and_breaks_what_is_under_way() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.on("/v1/skills/x", (request, out) -> {
            asked.countDown();
            Thread.currentThread().join();
        });
        SkillRunnerClient closed = SkillRunnerClient.of(server.address()).build();
        Thread selector = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .max(Comparator.comparing(Thread::getId))
                .orElseThrow();
        FutureTask<Object> call = new FutureTask<>(() -> closed.skills().getSkill("x"));
        Thread calling = new Thread(call);
        calling.start();
        asked.await();
        closed.close();
        selector.join();
        assertThatThrownBy(call::get).hasCauseInstanceOf(ClosedClientException.class);
        assertThatThrownBy(() -> closed.skills().listSkills()).isInstanceOf(ClosedClientException.class);
    }

    @Test
    void an_answer_that_still_arrives_breaks_when_its_client_is_closed() throws Exception {
        server.on("/v1/skills/x", (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.currentThread().join();
        });
        SkillRunnerClient closed = SkillRunnerClient.of(server.address()).build();
        try (Download arriving = closed.open("/v1/skills/x", Map.of())) {
            assertThat(arriving.body().read()).isEqualTo('{');
            closed.close();
            assertThatThrownBy(() -> arriving.body().read()).isInstanceOf(ClosedClientException.class);
        }
    }

    @Test
    void an_interrupted_thread_stops_waiting() throws Exception {
        server.on("/v1/skills/x", ScriptedServer.silent());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.skills().getSkill("x")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
