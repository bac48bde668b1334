package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** A CLI whose children shed environment, session, parents and open files, and are deaf to what asks them to end. */
class RunProcessesIT {
    /** The tag is new for each test, so that no other process is taken for one of these. */
    private static final String CLI =
            """
            #!/bin/sh
            case "$*" in *--version*) echo 'codex-cli 0.169.0'; exit ;; esac
            cat >/dev/null
            for child in 1 2 3; do
              (env -i setsid sh -c "trap '' INT TERM HUP; sleep @TAG@ & exit 0" </dev/null >/dev/null 2>&1 &)
            done
            until [ "$(grep -ls @TAG@ /proc/[0-9]*/cmdline | wc -l)" -ge 3 ]; do sleep 0.02; done
            echo '{"type":"turn.started"}'
            until [ -e '@HOME@/go' ]; do sleep 0.02; done
            echo '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\": \\"ok\\"}"}}'
            echo '{"type":"turn.completed"}'
            """;

    @TempDir
    private Path home;

    private final String tag = "1000." + System.nanoTime();

    @Test
    void nothing_outlives_a_run_that_succeeds_is_canceled_takes_too_long_or_meets_a_crash_of_the_server()
            throws Exception {
        install();
        String succeeding;
        String canceled;
        String late;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            await().until(() -> server.log().contains("runs are kept together by"));
            assumeThat(server.log()).contains("a PID");
            ApiClient api = server.client();
            assertIsolation("pid_namespace", api);
            succeeding = started(api, Map.of("no_cache", true));
            canceled = started(api, Map.of("no_cache", true));
            assertIsolation("pid_namespace", api, succeeding);
            late = started(api, Map.of("no_cache", true, "hard_timeout_seconds", 4));
            await().until(() -> sleepers().size() == 9);
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            assertThat(api.post("/v1/jobs/" + canceled + "/cancel")
                            .json()
                            .get("accepted")
                            .booleanValue())
                    .isTrue();
            assertThat(api.awaitEnd(canceled).get("status").stringValue()).isEqualTo("canceled");
            JsonNode timedOut = api.awaitEnd(late);
            assertThat(timedOut.get("error").get("code").stringValue()).isEqualTo("TIMEOUT");
            assertThat(sleepers()).hasSize(3);
            Files.writeString(home.resolve("go"), "");
            JsonNode ended = api.awaitEnd(succeeding);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.get("recovery_reason").stringValue()).isEqualTo("process_reattached");
        }
        assertThat(sleepers()).isEmpty();
    }

    @Test
    void without_namespaces_the_log_and_doctor_say_so_and_what_keeps_its_marker_is_ended() throws Exception {
        install();
        Path cli = home.resolve("cache/npm/bin/codex");
        Files.writeString(cli, Files.readString(cli).replace("env -i setsid", "setsid"));
        Map<String, String> off = Map.of("SKILL_RUNNER_PID_NAMESPACES", "false");
        Files.writeString(home.resolve("go"), "");
        try (RunningServer server = RunningServer.start(home, off)) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job());
            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
            assertIsolation("process_tree", api);
            assertIsolation("process_tree", api, request);
            assertThat(server.log())
                    .contains(
                            "runs are kept together by marker, session and ancestry; PID namespaces are switched off");
        }
        assertThat(sleepers()).isEmpty();
        Map<String, String> environment = new HashMap<>(RunningServer.environment(home, off));
        assertThat(Command.run(environment, "doctor").out())
                .containsPattern("run processes +warning +runs are kept together by marker, session and ancestry");
    }

    private static void assertIsolation(String expected, ApiClient api) {
        for (JsonNode engine : api.get("/v1/management/engines").json().get("engines")) {
            assertThat(engine.get("process_isolation").stringValue()).isEqualTo(expected);
            JsonNode detail = api.get(
                            "/v1/management/engines/" + engine.get("engine").stringValue())
                    .json();
            assertThat(detail.get("process_isolation").stringValue()).isEqualTo(expected);
        }
    }

    private static void assertIsolation(String expected, ApiClient api, String request) {
        JsonNode run = api.get("/v1/management/runs/" + request).json();
        assertThat(run.get("process_isolation").stringValue()).isEqualTo(expected);
    }

    private String started(ApiClient api, Map<String, Object> options) {
        String request = api.create(TestSkill.job(options));
        await().until(() -> api.stdout(request).contains("turn.started"));
        return request;
    }

    private void install() throws IOException {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        Files.writeString(program, CLI.replace("@TAG@", tag).replace("@HOME@", home.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<Long> sleepers() throws IOException {
        List<Long> found = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    if (Files.readString(folder.resolve("cmdline")).equals("sleep\0" + tag + "\0")) {
                        found.add(Long.parseLong(folder.getFileName().toString()));
                    }
                } catch (IOException e) {
                    // It ended while it was looked at.
                }
            }
        }
        return found;
    }
}
