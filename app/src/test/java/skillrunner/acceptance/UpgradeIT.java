package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.engine.KnownEngines;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** Upgrades over the API, with a scripted npm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeIT {
    /** Lets npm wait for the test. */
    static final String HELD = "until [ -e \"$control/go\" ]; do sleep 0.02; done";

    private static final int KEPT_BYTES = 262_144;

    private EngineHome home;
    private RunningServer server;
    private ApiClient api;
    private Upgrades upgrades;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        server = home.start();
        api = server.client();
        upgrades = new Upgrades(api);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forgetTheScript() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.npm().control())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_task_for_one_engine_is_accepted_as_queued_and_upgrades_that_engine_alone() {
        ApiClient.Answer answer = upgrades.post("{\"mode\": \"single\", \"engine\": \"gemini\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("request_id", "status");
        assertThat(answer.json().get("status").stringValue()).isEqualTo("queued");
        String id = answer.json().get("request_id").stringValue();
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

        JsonNode ended = upgrades.awaitEnd(id);
        assertThat(ended.get("request_id").stringValue()).isEqualTo(id);
        assertThat(ended.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(ended.get("mode").stringValue()).isEqualTo("single");
        assertThat(ended.get("requested_engine").stringValue()).isEqualTo("gemini");
        assertThat(ended.get("results").propertyNames()).containsExactly("gemini");
        assertThat(ended.get("created_at").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z")
                .isLessThanOrEqualTo(ended.get("updated_at").stringValue());
        assertThat(home.npm().calls()).containsExactly("start gemini", "end gemini");
    }

    @Test
    void a_task_for_all_engines_upgrades_them_in_their_order_one_after_another() {
        JsonNode ended = upgrades.runAll();
        assertThat(ended.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(ended.get("mode").stringValue()).isEqualTo("all");
        assertThat(ended.get("requested_engine").isNull()).isTrue();
        assertThat(ended.get("results").propertyNames()).containsExactlyElementsOf(KnownEngines.names());
        assertThat(home.npm().calls())
                .containsExactlyElementsOf(KnownEngines.names().stream()
                        .flatMap(engine -> Stream.of("start " + engine, "end " + engine))
                        .toList());
    }

    @Test
    void a_failing_engine_fails_the_task_with_its_output_and_the_others_still_run() {
        home.npm().first(GEMINI, "echo looking; echo 'npm error code E403' >&2; exit 1");
        JsonNode ended = upgrades.runAll();
        assertThat(ended.get("status").stringValue()).isEqualTo("failed");
        JsonNode gemini = Upgrades.result(ended, GEMINI);
        assertThat(gemini.get("status").stringValue()).isEqualTo("failed");
        assertThat(gemini.get("stdout").stringValue()).isEqualTo("looking\n");
        assertThat(gemini.get("stderr").stringValue()).isEqualTo("npm error code E403\n");
        assertThat(gemini.get("error").stringValue()).isEqualTo("Upgrade command exited with code 1");
        for (EngineId other : List.of(CODEX, IFLOW, OPENCODE)) {
            assertThat(Upgrades.status(ended, other)).as(other.wire()).isEqualTo("succeeded");
        }
        assertThat(home.npm().calls()).contains("start opencode", "end opencode");
    }

    @Test
    void a_running_task_shows_the_results_so_far_and_what_the_engine_at_work_says() throws Exception {
        home.npm().first(GEMINI, "echo half way; echo a warning >&2; " + HELD);
        String task = upgrades.beginAll();
        upgrades.awaitAtWork(task, GEMINI);
        JsonNode found = await().until(
                        () -> upgrades.find(task),
                        now -> now.get("running").get("stderr").stringValue().equals("a warning\n"));
        assertThat(found.get("status").stringValue()).isEqualTo("running");
        assertThat(found.get("results").propertyNames()).containsExactly("codex");
        assertThat(found.get("running").get("stdout").stringValue()).isEqualTo("half way\n");

        assertThat(standing(CODEX)).isEqualTo("succeeded");
        assertThat(standing(GEMINI)).isEqualTo("running");
        assertThat(standing(OPENCODE)).isEqualTo("queued");
        release();
        JsonNode ended = upgrades.awaitEnd(task);
        assertThat(ended.get("running").isNull()).isTrue();
        assertThat(Upgrades.result(ended, GEMINI).get("stdout").stringValue()).startsWith("half way\n");
    }

    @Test
    void a_second_task_is_refused_while_the_first_runs_and_accepted_after_it() throws Exception {
        home.npm().first(CODEX, HELD);
        String first = upgrades.begin(CODEX);
        upgrades.awaitAtWork(first, CODEX);
        for (String second : List.of("{\"mode\": \"all\"}", "{\"mode\": \"single\", \"engine\": \"iflow\"}")) {
            ApiClient.Answer refused = upgrades.post(second);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("UPGRADE_BUSY");
        }
        release();
        assertThat(upgrades.awaitEnd(first).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(home.npm().calls()).containsExactly("start codex", "end codex");
        assertThat(upgrades.run(IFLOW).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void of_ten_requests_at_the_same_moment_exactly_one_is_accepted() throws Exception {
        home.npm().first(CODEX, HELD);
        long before = rows();
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            CyclicBarrier together = new CyclicBarrier(10);
            List<CompletableFuture<ApiClient.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                            return upgrades.post("{\"mode\": \"single\", \"engine\": \"codex\"}");
                        },
                        threads));
            }
            List<Integer> statuses = answers.stream()
                    .map(answer -> answer.join().status())
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409, 409, 409, 409, 409);
            assertThat(rows()).isEqualTo(before + 1);
            release();
            String accepted = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.status() == 200)
                    .map(answer -> answer.json().get("request_id").stringValue())
                    .findFirst()
                    .orElseThrow();
            assertThat(upgrades.awaitEnd(accepted).get("status").stringValue()).isEqualTo("succeeded");
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\": \"some\"}",
                "{}",
                "[]",
                "",
                "{\"mode\": ",
                "{\"mode\": 5}",
                "{\"mode\": null}",
                "{\"mode\": \"single\"}",
                "{\"mode\": \"single\", \"engine\": \"\"}",
                "{\"mode\": \"single\", \"engine\": \"  \"}",
                "{\"mode\": \"single\", \"engine\": null}",
                "{\"mode\": \"single\", \"engine\": 7}",
                "{\"mode\": \"single\", \"engine\": [\"codex\"]}",
                "{\"mode\": \"single\", \"engine\": \"claude\"}",
                "{\"mode\": \"single\", \"engine\": \"codex; rm -rf x\"}",
                "{\"mode\": \"all\", \"engine\": \"codex\"}"
            })
    void a_request_that_can_not_be_understood_is_refused_and_leaves_no_task(String body) throws Exception {
        long before = rows();
        ApiClient.Answer answer = upgrades.post(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().get("code").stringValue()).isEqualTo("REQUEST_INVALID");
        assertThat(answer.json().get("detail").isString()).isTrue();
        assertThat(rows()).isEqualTo(before);
        assertThat(home.npm().calls()).isEmpty();
    }

    @Test
    void mode_and_engine_are_read_without_regard_to_case_and_space_and_other_fields_are_passed_over() {
        home.npm().first(CODEX, "exit 1");
        for (String body : List.of(
                "{\"mode\": \" SINGLE \", \"engine\": \" Codex\", \"color\": \"red\"}",
                "{\"mode\": \"ALL \"}",
                "{\"mode\": \"all\", \"engine\": null}",
                "{\"mode\": \"all\", \"engine\": \" \"}")) {
            ApiClient.Answer answer = upgrades.post(body);
            assertThat(answer.status()).as(body + answer.body()).isEqualTo(200);
            upgrades.awaitEnd(answer.json().get("request_id").stringValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-4000-8000-000000000000",
                "nothing",
                "%27%20OR%20%271%27%3D%271",
                "..%2F..%2Fengine_upgrades.db",
                "%00"
            })
    void an_unknown_id_is_not_found(String id) {
        ApiClient.Answer answer = api.get(Upgrades.PATH + "/" + id);
        assertThat(answer.status()).as(answer.body()).isBetween(400, 404).isNotIn(401, 403);
        assertThat(answer.body()).doesNotContain("\"results\"");
    }

    @Test
    void npm_that_is_missing_or_can_not_be_run_fails_the_engine_and_the_server_lives_on() throws Exception {
        Path npm = home.programs().resolve("npm");
        Path aside = home.root().resolve("npm-aside");
        Files.move(npm, aside);
        try {
            JsonNode missing = Upgrades.result(upgrades.run(CODEX), CODEX);
            assertThat(missing.get("status").stringValue()).isEqualTo("failed");
            assertThat(missing.get("stdout").stringValue()).isEmpty();
            assertThat(missing.get("stderr").stringValue()).isEmpty();
            assertThat(missing.get("error").stringValue()).contains("npm");

            Files.writeString(npm, "no program at all");
            Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(Upgrades.error(upgrades.run(CODEX), CODEX)).contains("npm");

            Files.writeString(npm, "#!/no/such/interpreter\n");
            Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
            JsonNode unusable = Upgrades.result(upgrades.run(CODEX), CODEX);
            assertThat(unusable.get("status").stringValue()).isEqualTo("failed");
            assertThat(unusable.get("error").stringValue()).contains("could not be started");
        } finally {
            Files.deleteIfExists(npm);
            Files.move(aside, npm);
        }
        assertThat(api.get("/healthz").status()).isEqualTo(200);
        assertThat(upgrades.run(CODEX).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void fifty_megabytes_on_both_streams_end_the_task_and_only_their_ends_are_kept() {
        home.npm()
                .first(
                        CODEX,
                        """
                        { head -c 52428800 /dev/zero | tr '\\000' a; echo; echo the end of stderr; } >&2 &
                        head -c 52428800 /dev/zero | tr '\\000' b
                        echo
                        wait
                        """);
        JsonNode result = Upgrades.result(upgrades.run(CODEX), CODEX);
        assertThat(result.get("status").stringValue()).isEqualTo("succeeded");
        String stdout = result.get("stdout").stringValue();
        String stderr = result.get("stderr").stringValue();
        assertThat(stdout).startsWith("[… ").endsWith("\nadded 1 package\n");
        assertThat(stderr).startsWith("[… ").endsWith("\nthe end of stderr\n");
        for (String kept : List.of(stdout, stderr)) {
            String text = kept.substring(kept.indexOf('\n') + 1);
            long cut = Long.parseLong(kept.substring(3, kept.indexOf(" bytes cut]")));
            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isEqualTo(KEPT_BYTES);
            assertThat(cut + KEPT_BYTES).isGreaterThan(52_428_800);
        }
    }

    @Test
    void what_is_no_text_is_replaced_and_markup_is_kept_as_it_is() {
        home.npm().first(CODEX, "printf '\\377\\376<script>alert(1)</script> caf\\303\\251 \\000\\033[31m\\n' >&2");
        JsonNode result = Upgrades.result(upgrades.run(CODEX), CODEX);
        assertThat(result.get("stderr").stringValue())
                .isEqualTo("\uFFFD\uFFFD<script>alert(1)</script> café \u0000\u001b[31m\n");
    }

    @Test
    void text_on_stderr_with_exit_code_0_is_success() {
        home.npm().first(CODEX, "echo 'npm warn deprecated something@1.0.0' >&2");
        JsonNode result = Upgrades.result(upgrades.run(CODEX), CODEX);
        assertThat(result.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(result.get("stderr").stringValue()).isEqualTo("npm warn deprecated something@1.0.0\n");
        assertThat(result.get("error").isNull()).isTrue();
    }

    @Test
    void a_new_version_shows_everywhere_at_once() {
        for (String version : List.of("0.89.0", "0.99.0")) {
            home.npm().publishes(CODEX, version);
            assertThat(Upgrades.result(upgrades.run(CODEX), CODEX)
                            .get("version")
                            .stringValue())
                    .isEqualTo(version);
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo(version);
            JsonNode models = api.get("/v1/engines/codex/models").json();
            assertThat(models.get("cli_version_detected").stringValue()).isEqualTo(version);
            assertThat(models.get("snapshot_version_used").stringValue()).isEqualTo(version);
            assertThat(api.get("/v1/management/engines/codex")
                            .json()
                            .get("cli_version")
                            .stringValue())
                    .isEqualTo(version);
        }
    }

    @Test
    void a_new_version_that_does_not_answer_is_no_success_and_the_one_before_it_stays() {
        home.npm().publishes(CODEX, "3.0.0");
        upgrades.run(CODEX);
        home.npm().installs(CODEX, "exit 1");
        JsonNode ended = upgrades.run(CODEX);
        assertThat(ended.get("status").stringValue()).isEqualTo("failed");
        assertThat(Upgrades.error(ended, CODEX)).contains("--version");
        assertThat(upgrades.shownVersion(CODEX)).isEqualTo("3.0.0");
    }

    private String standing(EngineId engine) {
        return api.get("/v1/management/engines/" + engine)
                .json()
                .get("upgrade_status")
                .get("state")
                .stringValue();
    }

    private void release() throws IOException {
        Files.writeString(home.npm().control().resolve("go"), "");
    }

    private long rows() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.data().resolve("engine_upgrades.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM engine_upgrades")) {
            return rows.getLong(1);
        }
    }
}
