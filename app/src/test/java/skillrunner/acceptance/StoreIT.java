package skillrunner.acceptance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server whose state is taken away or exchanged stops with one line, and one that would start on it refuses. */
class StoreIT {
    private static final int STORE_UNUSABLE = 74;

    @TempDir
    private Path home;

    /** What somebody does to a data directory. */
    @FunctionalInterface
    private interface Harm {
        void to(Path data) throws IOException;
    }

    @Test
    void whatever_is_taken_away_under_a_server_stops_it_with_one_line_and_leaves_agents_alone() throws Exception {
        Path other = Files.createDirectories(home.resolve("other"));
        try (RunningServer server = RunningServer.start(other, Map.of())) {
            assertThat(server.stop()).isZero();
        }
        Map<String, Harm> harms = new LinkedHashMap<>();
        harms.put("skill_runner.db-wal was removed", data -> Files.delete(data.resolve("skill_runner.db-wal")));
        harms.put(".lock was removed", data -> Files.delete(data.resolve(".lock")));
        harms.put("skill_runner.db was overwritten by another database", data -> {
            byte[] foreign = Files.readAllBytes(other.resolve("data/skill_runner.db"));
            try (RandomAccessFile raw =
                    new RandomAccessFile(data.resolve("skill_runner.db").toFile(), "rw")) {
                raw.write(foreign);
            }
        });
        harms.put("was removed", StoreIT::deleteTree);
        Iterator<Map<String, String>> logs = Stream.iterate(
                        Map.of("LOG_LEVEL", "off"), before -> Map.of("LOG_LEVEL", "error", "LOG_FILE", "/dev/stderr"))
                .iterator();
        for (Map.Entry<String, Harm> harm : harms.entrySet()) {
            Path root = Files.createTempDirectory(home, "server");
            TestSkill.install(root);
            ScriptedCli.install(root.resolve("cache/npm/bin"), EngineId.CODEX);
            try (RunningServer server = RunningServer.start(root, logs.next())) {
                ApiClient api = server.client();
                String run = api.awaitStatus(api.create(TestSkill.job("hang")), Set.of("running"))
                        .get("run_id")
                        .stringValue();
                await().until(() -> !Processes.of(run).isEmpty());
                try {
                    harm.getValue().to(root.resolve("data"));

                    assertThat(server.awaitExit()).as(harm.getKey()).isEqualTo(STORE_UNUSABLE);
                    assertThat(server.log().lines().filter(line -> line.contains("agents at work go on")))
                            .as(server.log())
                            .singleElement()
                            .asString()
                            .startsWith("skill-runner: ")
                            .contains(harm.getKey());
                    assertThat(Processes.of(run)).as(harm.getKey()).isNotEmpty();
                    assertThat(Files.exists(root.resolve("data")))
                            .as("nothing made it again")
                            .isEqualTo(!harm.getKey().equals("was removed"));
                } finally {
                    end(run);
                }
            }
        }
    }

    @Test
    void a_start_on_lost_or_older_or_foreign_state_is_refused_until_the_operator_agrees() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Path data = home.resolve("data");
        Path database = data.resolve("skill_runner.db");
        Path backup = home.resolve("backup.db");
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            server.client().awaitEnd(server.client().create(TestSkill.job()));
            assertThat(server.stop()).isZero();
        }
        Files.copy(database, backup);
        String request;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            request = server.client().create(TestSkill.job());
            server.client().awaitEnd(request);
            server.kill();
        }
        // The log holds everything of the second start.
        Path log = data.resolve("skill_runner.db-wal");
        Path kept = home.resolve("kept");
        copyTree(data, kept);

        Files.delete(log);
        refused("skill_runner.db");
        restore(kept, data);

        Files.delete(database);
        refused("skill_runner.db is missing or empty");
        truncate(database, 0);
        refused("skill_runner.db is missing or empty");
        restore(kept, data);

        Files.writeString(database, "no database ".repeat(1000));
        refused("it is no SQLite database");
        restore(kept, data);

        Files.delete(data.resolve("engine_upgrades.db"));
        refused("engine_upgrades.db is missing or empty");
        restore(kept, data);

        Files.deleteIfExists(log);
        Files.deleteIfExists(data.resolve("skill_runner.db-shm"));
        Files.copy(backup, database, StandardCopyOption.REPLACE_EXISTING);
        refused("is older than what this installation last knew");

        Files.delete(data.resolve("store.json"));
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.client().get("/v1/jobs/" + request).status()).isEqualTo(404);
            assertThat(server.client()
                            .get("/v1/management/runs")
                            .json()
                            .get("runs")
                            .size())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_removed_lock_lets_no_second_server_in() throws Exception {
        try (RunningServer first = RunningServer.start(home, Map.of())) {
            // Held still, it can't notice; only what it holds keeps the other one out.
            first.signal("STOP");
            Files.delete(home.resolve("data/.lock"));
            try {
                refused("another server uses the database");
            } finally {
                first.signal("CONT");
            }
            assertThat(first.awaitExit()).isEqualTo(STORE_UNUSABLE);
        }
    }

    private static void end(String run) throws IOException {
        Processes.of(run).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private void refused(String reason) throws Exception {
        Map<String, byte[]> before = contents(home.resolve("data"));
        Command.Ended ended = Command.run(RunningServer.environment(home, Map.of("LOG_LEVEL", "off")), "serve");
        assertThat(ended.code()).as(ended.err()).isEqualTo(STORE_UNUSABLE);
        assertThat(ended.err().lines())
                .as(ended.err())
                .singleElement()
                .asString()
                .startsWith("skill-runner: ")
                .contains(reason);
        Map<String, byte[]> after = contents(home.resolve("data"));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    }

    /** The databases and the record as they are on the disk; a log and its index may be written together into the file. */
    private static Map<String, byte[]> contents(Path data) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : List.of("skill_runner.db", "engine_upgrades.db", "store.json")) {
            Path file = data.resolve(name);
            boolean hasLog = Files.exists(data.resolve(name + "-wal"), LinkOption.NOFOLLOW_LINKS);
            if (Files.exists(file) && !hasLog) {
                contents.put(name, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        }
    }

    private static void restore(Path kept, Path data) throws IOException {
        deleteTree(data);
        copyTree(kept, data);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Agents may still write into it. */
    private static void deleteTree(Path tree) {
        await().until(() -> {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(path);
                }
                return Files.notExists(tree);
            } catch (IOException | UncheckedIOException e) {
                return Files.notExists(tree);
            }
        });
    }
}
