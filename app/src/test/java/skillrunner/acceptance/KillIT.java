package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** kill -9 of the server in the middle of runs. */
@Tag("chance")
class KillIT {
    private static final int KILLS = Integer.getInteger("skillrunner.kills", 12);

    /** The same bytes every time: 300 numbered lines over about a second and a half, an answer, a closing event. */
    private static final String STEADY_WRITER =
            """
            #!/bin/sh
            cat >/dev/null
            echo '{"type":"thread.started","thread_id":"steady"}'
            echo '{"type":"turn.started"}'
            i=0
            while [ $i -lt 300 ]; do
              i=$((i + 1))
              echo "{\\"type\\":\\"item.completed\\",\\"item\\":{\\"type\\":\\"reasoning\\",\\"text\\":\\"line $i of \\303\\251t\\303\\251\\"}}"
              echo "note $i" >&2
              [ $((i % 10)) -ne 0 ] || sleep 0.05
            done
            printf done >artifacts/done.txt
            echo '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\": \\"steady\\"}"}}'
            echo '{"type":"turn.completed"}'
            """;

    @TempDir
    private Path home;

    private final Random random = new Random();

    @Test
    void a_killed_server_loses_no_byte_and_leaves_no_process_whenever_it_dies() throws Exception {
        install(STEADY_WRITER);
        JsonNode undisturbed;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            undisturbed = api.awaitEnd(api.create(TestSkill.job()));
            assertThat(undisturbed.get("status").stringValue()).isEqualTo("succeeded");
        }
        Killed killed = null;
        for (int round = 0; round <= KILLS; round++) {
            try (RunningServer server = RunningServer.start(home, Map.of())) {
                if (killed != null) {
                    assertWhole(server.client(), killed, undisturbed.get("receipt"));
                }
                if (round < KILLS) {
                    killed = runUntilKilled(server, random.nextInt(1_800));
                }
            }
        }
    }

    /** A run whose server was killed, and what a client had seen of it by then. */
    private record Killed(String request, int moment, List<ApiClient.Event> seen) {}

    private static Killed runUntilKilled(RunningServer server, int moment) throws InterruptedException {
        ApiClient api = server.client();
        String request = api.create(TestSkill.job());
        CompletableFuture<List<ApiClient.Event>> following =
                CompletableFuture.supplyAsync(() -> api.events(request, 0, 0));
        // The moment is random on purpose; nothing is asserted about time.
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS))
                .join();
        server.kill();
        return new Killed(request, moment, following.join());
    }

    private static void assertWhole(ApiClient api, Killed killed, JsonNode receipt) throws IOException {
        String request = killed.request();
        JsonNode ended = api.awaitEnd(request);
        String where = "killed after " + killed.moment() + " ms: " + ended;
        assertThat(ended.get("status").stringValue()).as(where).isEqualTo("succeeded");
        assertThat(ended.get("receipt")).as(where).isEqualTo(receipt);
        assertThat(api.result(request).get("data").toString()).as(where).isEqualTo("{\"status\":\"steady\"}");
        assertThat(api.result(request).get("artifacts").size()).as(where).isEqualTo(1);
        assertThat(Processes.of(ended.get("run_id").stringValue())).as(where).isEmpty();
        long seen = killed.seen().stream()
                .filter(event -> event.name().equals("stdout"))
                .mapToLong(event -> event.data().get("to").longValue())
                .max()
                .orElse(0);
        List<ApiClient.Event> after = api.events(request, seen, 0);
        String whole = ApiClient.text(api.events(request, 0, 0), "stdout");
        assertThat(ApiClient.text(killed.seen(), "stdout") + ApiClient.text(after, "stdout"))
                .as(where)
                .isEqualTo(whole);
    }

    @Test
    void a_graceful_stop_leaves_the_agent_alone_and_the_next_start_picks_it_up() throws Exception {
        Path go = home.resolve("go");
        install("#!/bin/sh\ncat >/dev/null\necho '{\"type\":\"turn.started\"}'\nuntil [ -e '" + go
                + "' ]; do sleep 0.02; done\n"
                + "echo '{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\"{\\\"status\\\": \\\"ok\\\"}\"}}'\n"
                + "echo '{\"type\":\"turn.completed\"}'\n");
        String request;
        String run;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            request = api.create(TestSkill.job());
            await().until(() -> api.stdout(request).contains("turn.started"));
            run = api.status(request).get("run_id").stringValue();
            CompletableFuture<List<ApiClient.Event>> following =
                    CompletableFuture.supplyAsync(() -> api.events(request, 0, 0));
            assertThat(server.stop()).isZero();
            assertThat(following.join()).noneMatch(event -> event.name().equals("end"));
            assertThat(Processes.of(run)).isNotEmpty();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            JsonNode picked = api.status(request);
            assertThat(picked.get("status").stringValue()).isEqualTo("running");
            assertThat(picked.get("recovery_state").stringValue()).isEqualTo("none");
            assertThat(picked.get("recovery_reason").stringValue()).isEqualTo("process_reattached");
            Files.writeString(go, "");
            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(Processes.of(run)).isEmpty();
        }
    }

    @Test
    void a_run_whose_processes_vanished_is_failed_and_says_so() throws Exception {
        install("#!/bin/sh\ncat >/dev/null\necho '{\"type\":\"turn.started\"}'\nexec sleep 1000\n");
        String request;
        String run;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            request = api.create(TestSkill.job());
            await().until(() -> api.stdout(request).contains("turn.started"));
            run = api.status(request).get("run_id").stringValue();
            server.kill();
        }
        for (long pid : Processes.of(run)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        await().until(() -> Processes.of(run).isEmpty());
        String updated = "";
        for (int start = 0; start < 2; start++) {
            try (RunningServer server = RunningServer.start(home, Map.of())) {
                ApiClient api = server.client();
                JsonNode status = api.awaitEnd(request);
                assertThat(status.get("status").stringValue()).isEqualTo("failed");
                assertThat(status.get("error").get("code").stringValue()).isEqualTo("ORCHESTRATOR_RESTART_INTERRUPTED");
                assertThat(status.get("recovery_state").stringValue()).isEqualTo("failed_reconciled");
                assertThat(status.get("updated_at").stringValue()).isGreaterThanOrEqualTo(updated);
                if (start == 1) {
                    assertThat(status.get("updated_at").stringValue()).isEqualTo(updated);
                }
                updated = status.get("updated_at").stringValue();
            }
        }
    }

    @Test
    void a_cancel_that_was_accepted_is_kept_over_a_crash() throws Exception {
        install("#!/bin/sh\ntrap '' INT TERM\ncat >/dev/null\necho '{\"type\":\"turn.started\"}'\n"
                + "while :; do sleep 1; done\n");
        String request;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            request = api.create(TestSkill.job());
            await().until(() -> api.stdout(request).contains("turn.started"));
            assertThat(api.post("/v1/jobs/" + request + "/cancel")
                            .json()
                            .get("accepted")
                            .booleanValue())
                    .isTrue();
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            JsonNode status = api.awaitEnd(request);
            assertThat(status.get("status").stringValue()).isEqualTo("canceled");
            assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
        }
    }

    private void install(String script) throws IOException {
        TestSkill.install(home);
        Path bin = Files.createDirectories(home.resolve("cache/npm/bin"));
        Path program = bin.resolve("codex");
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
