package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who goes on with a run after kill -9, as its row says who owns it. */
class OwnerIT {
    @TempDir
    private Path home;

    private record Row(@Nullable String owner, @Nullable String lease, long fence) {}

    @BeforeEach
    void install() throws IOException {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        Files.writeString(
                program,
                "#!/bin/sh\ncat >/dev/null\necho '{\"type\":\"turn.started\"}'\nuntil [ -e '" + home.resolve("go")
                        + "' ]; do sleep 0.02; done\n"
                        + "echo '{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\"{\\\"status\\\": \\\"ok\\\"}\"}}'\n"
                        + "echo '{\"type\":\"turn.completed\"}'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void the_next_start_is_the_owner_that_was_killed_and_goes_on_at_once() throws Exception {
        String request = killedAtWork();
        Row before = row();
        assertThat(before.owner()).isNotBlank();
        assertThat(before.lease()).isNotBlank();

        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            assertThat(api.status(request).get("recovery_reason").stringValue()).isEqualTo("process_reattached");
            assertThat(row()).isEqualTo(before);
            Files.writeString(home.resolve("go"), "");

            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(row()).isEqualTo(new Row(null, null, before.fence()));
        }
    }

    @Test
    void a_run_of_another_owner_is_left_alone_and_one_of_a_version_without_leases_is_taken_over() throws Exception {
        String request = killedAtWork();
        execute("UPDATE runs SET owner_node = 'another', lease_until = '9000-01-01T00:00:00.000000Z'");
        Row theirs = row();

        try (RunningServer server = RunningServer.start(home, Map.of())) {
            JsonNode status = server.client().status(request);
            assertThat(status.get("status").stringValue()).isEqualTo("running");
            assertThat(status.get("recovery_reason").isNull()).isTrue();
            assertThat(row()).isEqualTo(theirs);
            assertThat(Processes.of(status.get("run_id").stringValue())).isNotEmpty();
            server.kill();
        }
        execute("UPDATE runs SET owner_node = 'local', lease_until = NULL");
        Files.writeString(home.resolve("go"), "");

        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.client().awaitEnd(request).get("status").stringValue())
                    .isEqualTo("succeeded");
            assertThat(row().fence()).isEqualTo(theirs.fence() + 1);
        }
    }

    private String killedAtWork() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job());
            await().until(() -> api.stdout(request).contains("turn.started"));
            server.kill();
            return request;
        }
    }

    private Row row() throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT owner_node, lease_until, fence FROM runs")) {
            assertThat(row.next()).isTrue();
            return new Row(row.getString(1), row.getString(2), row.getLong(3));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/skill_runner.db"));
    }
}
