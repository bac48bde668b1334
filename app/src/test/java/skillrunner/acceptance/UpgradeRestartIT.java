package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** A server that ends in the middle of an upgrade, and the one after it. */
class UpgradeRestartIT {
    @TempDir
    private Path folder;

    private EngineHome home;

    @BeforeEach
    void prepare() throws IOException {
        home = new EngineHome(folder);
        home.npm().first(GEMINI, "echo $$ >\"$control/npm.pid\"\necho half way\n" + UpgradeIT.HELD);
    }

    @Test
    void after_a_crash_finished_engines_are_kept_the_current_one_failed_and_the_rest_is_skipped() throws Exception {
        String task;
        long npm;
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            task = upgrades.beginAll();
            upgrades.awaitAtWork(task, GEMINI);
            npm = npm();
            server.kill();
        }
        assertThat(Processes.alive(npm)).isTrue();
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            // Before anything else: the port is not open until the old task has ended.
            home.npm().first(GEMINI, ":");
            String next = upgrades.begin(GEMINI);
            JsonNode interrupted = upgrades.find(task);
            assertThat(interrupted.get("status").stringValue()).isEqualTo("failed");
            assertThat(Upgrades.status(interrupted, CODEX)).isEqualTo("succeeded");
            assertThat(Upgrades.result(interrupted, CODEX).get("stdout").stringValue())
                    .contains("added 1 package");
            assertThat(Upgrades.status(interrupted, GEMINI)).isEqualTo("failed");
            assertThat(Upgrades.error(interrupted, GEMINI)).isEqualTo("Interrupted by server restart");
            assertSkipped(interrupted, List.of(IFLOW, OPENCODE));
            assertThat(Processes.alive(npm)).isFalse();
            assertThat(upgrades.awaitEnd(next).get("status").stringValue()).isEqualTo("succeeded");
        }
    }

    @Test
    void a_task_that_was_still_queued_ends_with_every_engine_skipped() throws Exception {
        try (RunningServer server = home.start()) {
            assertThat(server.stop()).isZero();
        }
        String task = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        String moment = "2026-02-12T10:00:12.000000Z";
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.data().resolve("engine_upgrades.db"));
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO engine_upgrades (request_id, mode, requested_engine, status, results_json,"
                                + " created_at, updated_at) VALUES (?, 'all', NULL, 'queued', '{}', ?, ?)")) {
            insert.setString(1, task);
            insert.setString(2, moment);
            insert.setString(3, moment);
            insert.executeUpdate();
        }
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            JsonNode ended = upgrades.find(task);
            assertThat(ended.get("status").stringValue()).isEqualTo("failed");
            assertThat(ended.get("created_at").stringValue()).isEqualTo(moment);
            assertThat(ended.get("updated_at").stringValue()).isGreaterThan(moment);
            assertSkipped(ended, List.of(CODEX, GEMINI, IFLOW, OPENCODE));
            assertThat(upgrades.run(CODEX).get("status").stringValue()).isEqualTo("succeeded");
        }
    }

    @Test
    void a_stop_signal_ends_npm_and_the_task_before_the_server_is_gone() throws Exception {
        String task;
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            task = upgrades.beginAll();
            upgrades.awaitAtWork(task, GEMINI);
            long npm = npm();
            assertThat(server.stop()).isZero();
            assertThat(Processes.alive(npm)).isFalse();
        }
        try (RunningServer server = home.start()) {
            JsonNode ended = new Upgrades(server.client()).find(task);
            assertThat(ended.get("status").stringValue()).isEqualTo("failed");
            assertThat(Upgrades.status(ended, CODEX)).isEqualTo("succeeded");
            assertThat(Upgrades.status(ended, GEMINI)).isEqualTo("failed");
            assertThat(Upgrades.error(ended, GEMINI)).isNotEmpty().doesNotContain("restart");
            for (EngineId rest : List.of(IFLOW, OPENCODE)) {
                assertThat(Upgrades.status(ended, rest)).as(rest.wire()).isEqualTo("skipped");
            }
            assertThat(home.npm().calls()).containsExactly("start codex", "end codex", "start gemini");
        }
    }

    private static void assertSkipped(JsonNode task, List<EngineId> engines) {
        for (EngineId engine : engines) {
            assertThat(Upgrades.status(task, engine)).as(engine.wire()).isEqualTo("skipped");
            assertThat(Upgrades.error(task, engine)).isEqualTo("Interrupted by server restart");
            assertThat(Upgrades.result(task, engine).get("stdout").stringValue())
                    .isEmpty();
        }
    }

    private Path pidFile() {
        return home.npm().control().resolve("npm.pid");
    }

    private long npm() throws IOException {
        await().until(() ->
                Files.exists(pidFile()) && !Files.readString(pidFile()).isBlank());
        return Long.parseLong(Files.readString(pidFile()).strip());
    }
}
