package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.journal.JournalStream;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Journals that a fault of the disk or somebody's hand has spoiled while the server was away. */
class JournalDamageIT {
    /** What is done to a file, which the first argument names. */
    private static final List<String> DAMAGES = List.of(
            "printf '{\"seq\": 99, \"ts\": \"20' >>\"$1\"",
            "head -c 4096 /dev/zero >>\"$1\"",
            "head -c 4096 /dev/zero >>\"$1\"; echo >>\"$1\"",
            "sed -i '2s/.*/\\xff garbage }{/' \"$1\"",
            "sed -i '$s/[^x]/#/g' \"$1\"",
            "sed -i '2i null\\n{}\\n[]\\n{\"seq\": \"x\", \"ts\": 5}\\n{\"seq\": -1, \"data\": 7, \"meta\": 4, \"raw_ref\": [1]}' \"$1\"",
            "rm \"$1\"",
            ": >\"$1\"",
            "rm \"$1\"; mkdir -p \"$1/full\"",
            "rm \"$1\"; mkfifo \"$1\"",
            "rm \"$1\"; ln -s /etc/passwd \"$1\"",
            "ln \"$1\" \"$1.other\"",
            "truncate -s +100M \"$1\"; echo >>\"$1\"",
            "printf '{\"seq\": \"' >>\"$1\"; head -c 100000000 /dev/zero | tr '\\0' x >>\"$1\"; echo '\"}' >>\"$1\"");

    private static final List<String> ADDRESSES = List.of(
            "/v1/jobs/%s/events/history",
            "/v1/management/runs/%s/protocol/history?stream=fcmp",
            "/v1/management/runs/%s/protocol/history?stream=rasp",
            "/v1/management/runs/%s/protocol/history?stream=orchestrator&attempt=1",
            "/v1/streams/%s/fcmp",
            "/v1/streams/%s/stdout",
            "/v1/jobs/%s/logs",
            "/ui/runs/%s");

    /** A stream that does not end by itself is cut, and has no end then. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SKILL_RUNNER_CPU_FACTOR", "100",
            "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "64",
            "SKILL_RUNNER_MAX_STREAM_SECONDS", "15");

    private static final String DONE = "@cli say working\n@cli answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";
    private static final int MOST_WARNINGS_OF_A_RUN = 8;

    @TempDir
    private Path home;

    /** A run and what becomes of a file of its newest attempt. */
    private record Spoiled(String request, boolean ended, JournalStream stream, String damage) {
        @Override
        public String toString() {
            return stream + (ended ? " of an ended run: " : " of a run that waits: ") + damage;
        }
    }

    @BeforeEach
    void install() throws IOException {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.installAsking(home);
    }

    @Test
    void what_is_spoiled_of_a_journal_costs_these_events_and_nothing_else() throws Exception {
        List<JournalStream> streams = List.of(JournalStream.values());
        List<Spoiled> all = new ArrayList<>();
        String sound;
        try (RunningServer server = RunningServer.start(home, SETTINGS)) {
            ApiClient api = server.client();
            for (String damage : DAMAGES) {
                for (boolean ended : List.of(true, false)) {
                    // Each damage comes to two of the streams.
                    JournalStream stream = streams.get(all.size() % streams.size());
                    all.add(new Spoiled(api.create(TestSkill.asking("say Which colour?")), ended, stream, damage));
                }
            }
            sound = api.create(TestSkill.asking("say Which colour?"));
            for (Spoiled run : all) {
                api.awaitStatus(run.request(), Set.of("waiting_user"));
                if (run.ended()) {
                    answer(api, run.request());
                }
            }
            for (Spoiled run : all) {
                api.awaitStatus(run.request(), Set.of(run.ended() ? "succeeded" : "waiting_user"));
                api.get("/v1/jobs/" + run.request() + "/events/history");
            }
            api.awaitStatus(sound, Set.of("waiting_user"));
            List<Path> files = all.stream().map(run -> file(api, run)).toList();
            server.kill();
            for (int i = 0; i < files.size(); i++) {
                shell(all.get(i).damage(), files.get(i));
            }
        }
        try (RunningServer server = RunningServer.start(home, SETTINGS)) {
            ApiClient api = server.client();
            for (Spoiled run : all) {
                assertAnswers(api, run);
            }
            all.stream().filter(run -> !run.ended()).forEach(run -> answer(api, run.request()));
            answer(api, sound);
            for (Spoiled run : all) {
                JsonNode status = api.awaitEnd(run.request());
                assertThat(status.get("status").stringValue())
                        .as(run + ": " + status)
                        .isEqualTo("succeeded");
                assertThat(api.events(run.request(), 0, 0))
                        .as(run.toString())
                        .last()
                        .extracting(ApiClient.Event::name)
                        .isEqualTo("end");
                assertShown(api, run);
            }
            assertThat(api.awaitEnd(sound).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(server.log()).doesNotContain("\tat ").doesNotContain("incident");
            assertThat(server.log()
                            .lines()
                            .filter(line -> line.contains("[WARN] KeepJournal"))
                            .count())
                    .isLessThanOrEqualTo((long) MOST_WARNINGS_OF_A_RUN * all.size());
        }
    }

    private static void assertAnswers(ApiClient api, Spoiled run) {
        for (String address : ADDRESSES) {
            ApiClient.Answer answer = api.get(address.formatted(run.request()));
            assertThat(answer.status()).as(address + ", " + run).isEqualTo(200);
            assertThat(answer.body()).as(address + ", " + run).doesNotContain("root:x:0");
        }
    }

    /** Every number once, nothing the engine said twice, and the same to everybody; streams with events end. */
    private static void assertShown(ApiClient api, Spoiled run) throws IOException {
        List<JsonNode> told = new ArrayList<>();
        api.get("/v1/jobs/" + run.request() + "/events/history")
                .json()
                .get("events")
                .forEach(told::add);
        assertThat(told)
                .as(run.toString())
                .extracting(event -> event.get("seq").intValue())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(told.stream()
                        .filter(event -> event.get("type").stringValue().equals("assistant.message.final"))
                        .map(event -> event.get("data").get("text")))
                .as(run.toString())
                .doesNotHaveDuplicates();
        List<ApiClient.Event> stream = api.chat(run.request());
        assertThat(stream)
                .as(run.toString())
                .last()
                .extracting(ApiClient.Event::name)
                .isEqualTo("end");
        assertThat(stream.stream()
                        .filter(event -> event.name().equals("chat_event"))
                        .map(ApiClient.Event::data))
                .as(run.toString())
                .isEqualTo(told);
    }

    private static void answer(ApiClient api, String request) {
        assertThat(api.post("/v1/jobs/" + request + "/interaction/reply", Map.of("interaction_id", 1, "response", DONE))
                        .status())
                .isEqualTo(200);
    }

    private Path file(ApiClient api, Spoiled run) {
        return home.resolve("data/runs")
                .resolve(api.status(run.request()).get("run_id").stringValue())
                .resolve(".audit/" + run.stream().fileName() + (run.ended() ? ".2.jsonl" : ".1.jsonl"));
    }

    private static void shell(String script, Path file) throws Exception {
        assertThat(file).isRegularFile();
        Process shell = new ProcessBuilder("sh", "-c", script, "sh", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as(script)
                .isEmpty();
        assertThat(shell.waitFor()).as(script).isZero();
    }
}
