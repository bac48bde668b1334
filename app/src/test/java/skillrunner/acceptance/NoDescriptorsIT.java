package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that can open no file for a while says that it can't look, never that something is lost. */
class NoDescriptorsIT {
    @TempDir
    private Path home;

    @Test
    void what_can_not_be_opened_for_want_of_a_descriptor_is_told_as_passing_and_is_still_there() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            String job = "/v1/jobs/"
                    + api.create(TestSkill.job("say said", "artifact a.txt kept", "answer {\"status\": \"fine\"}"));
            JsonNode ended = api.awaitEnd(job.substring("/v1/jobs/".length()));
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            List<String> paths = Stream.concat(
                            Stream.of("/result", "/logs", "/bundle", "/artifacts", "/artifacts/artifacts/a.txt")
                                    .map(job::concat),
                            Stream.of("/v1/engines/codex/models"))
                    .toList();
            // What is loaded once must not be the reason, and the connection stays open from here on.
            List<String> before = bodies(api, paths);

            // What was read is not read again before it changes.
            Files.setLastModifiedTime(
                    home.resolve("data/engine_models/codex/manifest.json"), FileTime.fromMillis(1_000_000_000_000L));

            limit(server, firstFree(server));
            List<Integer> meanwhile = new ArrayList<>();
            for (String path : paths) {
                ApiClient.Answer answer = api.get(path);
                assertThat(answer.status()).as(path + " " + answer.body()).isIn(200, 503);
                if (answer.status() == 200) {
                    assertThat(answer.body()).as(path).isEqualTo(before.get(paths.indexOf(path)));
                }
                meanwhile.add(answer.status());
            }
            limit(server, 4_096);

            assertThat(meanwhile).as("the shortage was felt").contains(503);
            assertThat(bodies(api, paths)).isEqualTo(before);
        }
    }

    private static List<String> bodies(ApiClient api, List<String> paths) {
        return paths.stream().map(path -> api.get(path).body()).toList();
    }

    private static int firstFree(RunningServer server) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            Set<Integer> taken = open.map(descriptor ->
                            Integer.valueOf(descriptor.getFileName().toString()))
                    .collect(Collectors.toSet());
            return IntStream.iterate(0, number -> number + 1)
                    .filter(number -> !taken.contains(number))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Lowers or raises what the server may have; the hard limit stays, so that both are allowed to anybody. */
    private static void limit(RunningServer server, int descriptors) throws Exception {
        Process limited = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + descriptors + ":")
                .redirectErrorStream(true)
                .start();
        String said = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(limited.waitFor()).as(said).isZero();
    }
}
