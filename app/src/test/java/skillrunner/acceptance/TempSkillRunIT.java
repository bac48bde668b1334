package skillrunner.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs of skills that come with their request, on a scripted codex, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TempSkillRunIT {
    private static final String ANSWER = "answer {\"status\": \"fine\"}";
    private static final Map<String, Object> NO_OPTIONS = Map.of();
    private static final int LIMIT = 1 << 20;
    private static final String SCHEMAS = "\"schemas\": {\"input\": \"assets/input.schema.json\","
            + " \"parameter\": \"assets/parameter.schema.json\", \"output\": \"assets/output.schema.json\"}";

    private RunningServer server;
    private ApiClient all;
    private ApiClient api;
    private Path data;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        data = home.resolve("data");
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(
                home,
                Map.of(
                        "TEMP_SKILL_PACKAGE_MAX_BYTES", String.valueOf(LIMIT),
                        "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1",
                        "SKILL_RUNNER_MAX_QUEUE_SIZE", "2"));
        all = server.client();
        api = all.ofTemporarySkills();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_skill_is_sent_run_once_and_gone_while_what_it_left_stays() throws Exception {
        ApiClient.Answer created = all.post(
                "/v1/temp-skill-runs",
                TestSkill.request(NO_OPTIONS, "say working", "artifact report.txt all is well", ANSWER));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().get("status").stringValue()).isEqualTo("queued");
        String request = created.json().get("request_id").stringValue();
        JsonNode waiting = api.status(request);
        assertThat(waiting.get("status").stringValue()).isEqualTo("queued");
        assertThat(waiting.get("skill_id").stringValue()).isEqualTo("unknown");
        assertThat(all.get(api.path(request, "/result")).status()).isEqualTo(404);

        ApiClient.Answer uploaded =
                api.uploadSkill(request, TestSkill.sent("sent-once").zip());

        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        assertThat(uploaded.json().get("status").stringValue()).isEqualTo("queued");
        assertThat(uploaded.json().get("extracted_files").size()).isZero();
        List<ApiClient.Event> events = api.events(request, 0, 0);
        assertThat(events.get(events.size() - 1).name()).isEqualTo("end");
        JsonNode ended = api.status(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.get("skill_id").stringValue()).isEqualTo("sent-once");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"fine\"}");
        assertThat(all.get(api.path(request, "/artifacts")).body()).contains("artifacts/report.txt");
        assertThat(all.get(api.path(request, "/artifacts/artifacts/report.txt")).body())
                .isEqualTo("all is well");
        assertThat(api.stdout(request)).contains("working");
        assertThat(all.get("/v1/skills").body()).doesNotContain("sent-once");
        assertNothingIsKept();
        assertThat(data.resolve("runs")
                        .resolve(ended.get("run_id").stringValue())
                        .resolve("result/result.json"))
                .isRegularFile();
    }

    @Test
    void management_lists_and_shows_it_as_a_temporary_one_and_its_page_links_to_where_it_is() throws Exception {
        String request = ended(NO_OPTIONS, "marked", "artifact report.txt all is well", ANSWER);

        JsonNode listed = all.get("/v1/management/runs").json().get("runs").get(0);
        assertThat(listed.get("request_id").stringValue()).isEqualTo(request);
        assertThat(listed.get("kind").stringValue()).isEqualTo("temp");
        assertThat(all.get("/v1/management/runs/" + request).json().get("kind").stringValue())
                .isEqualTo("temp");
        assertThat(all.get("/ui/runs").body()).contains("marked", "temporary");
        assertThat(all.get("/ui/runs/" + request).body())
                .contains("temporary", "/v1/temp-skill-runs/" + request + "/artifacts/artifacts/report.txt");
    }

    @Test
    void what_is_known_at_one_address_is_unknown_at_the_other() throws Exception {
        String job = all.create(TestSkill.job(ANSWER));
        all.awaitEnd(job);
        String temporary = ended(NO_OPTIONS, "here", ANSWER);

        for (String path : List.of("", "/result", "/artifacts", "/logs", "/events")) {
            assertThat(all.get(api.path(job, path)).status()).as(path).isEqualTo(404);
            assertThat(all.get(all.path(temporary, path)).status()).as(path).isEqualTo(404);
        }
        assertThat(all.post(api.path(job, "/cancel")).status()).isEqualTo(404);
        assertThat(api.uploadSkill(job, TestSkill.sent("x").zip()).status()).isEqualTo(404);
        assertThat(all.upload(temporary, Map.of("a", "b")).status()).isEqualTo(404);
    }

    @Test
    void the_same_package_twice_is_run_twice() throws Exception {
        String first = ended(NO_OPTIONS, "twice", ANSWER);
        String second = ended(NO_OPTIONS, "twice", ANSWER);

        assertThat(api.status(first).get("run_id"))
                .isNotEqualTo(api.status(second).get("run_id"));
    }

    @Test
    void files_come_with_the_package_and_a_missing_one_fails_the_run() throws Exception {
        TestPackage reading = TestSkill.sent("reading")
                .file(
                        "assets/input.schema.json",
                        "{\"type\": \"object\", \"properties\": {\"doc\": {\"type\": \"string\"}}, \"required\": [\"doc\"]}");
        String with = api.create(TestSkill.request(NO_OPTIONS, "sh cp uploads/doc artifacts/copy", ANSWER));
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("skill_package", reading.zip());
        parts.put("file", zip(Map.of("doc", "the text")));

        ApiClient.Answer uploaded = all.send(api.path(with, "/upload"), parts);

        assertThat(uploaded.json().get("extracted_files").toString()).isEqualTo("[\"doc\"]");
        assertThat(api.awaitEnd(with).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(all.get(api.path(with, "/artifacts/artifacts/copy")).body()).isEqualTo("the text");

        String without = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        assertThat(api.uploadSkill(without, reading.zip()).status()).isEqualTo(200);
        JsonNode failed = api.awaitEnd(without);
        assertThat(failed.get("status").stringValue()).isEqualTo("failed");
        assertThat(failed.get("error").get("message").stringValue()).contains("Missing required input files: doc");
        assertNothingIsKept();
    }

    @Test
    void what_is_wrong_with_the_request_itself_is_told_at_once() {
        assertThat(code(all.post("/v1/temp-skill-runs", Map.of("engine", "nobody"))))
                .isEqualTo("REQUEST_INVALID");
        assertThat(code(all.post("/v1/temp-skill-runs", Map.of("model", "no-such-model"))))
                .isEqualTo("MODEL_UNKNOWN");
        assertThat(code(all.post("/v1/temp-skill-runs", Map.of("runtime_options", Map.of("hurry", true)))))
                .isEqualTo("REQUEST_INVALID");
        assertThat(all.post("/v1/temp-skill-runs", Map.of("skill_id", "scripted"))
                        .status())
                .isEqualTo(400);
        assertThat(all.post("/v1/temp-skill-runs", "{").status()).isEqualTo(400);
    }

    @Test
    void a_rejected_package_is_removed_and_the_next_one_runs() throws Exception {
        String request = api.create(TestSkill.request(NO_OPTIONS, ANSWER));

        assertRejected(request, TestSkill.sent("bad").without("SKILL.md").zip(), "PACKAGE_INVALID", "SKILL.md");
        assertRejected(request, "no zip".getBytes(StandardCharsets.UTF_8), "ARCHIVE_INVALID", "zip");
        assertThat(api.uploadSkill(request, new byte[0]).body()).contains("REQUEST_INVALID", "/skill_package", "empty");
        assertRejected(request, new byte[LIMIT + 1], "PACKAGE_TOO_LARGE", String.valueOf(LIMIT));
        assertRejected(
                request,
                TestPackage.of("other", "1")
                        .with("\"engines\": [\"gemini\"], " + SCHEMAS)
                        .zip(),
                "SKILL_ENGINE_UNSUPPORTED",
                "codex");
        assertRejected(
                request,
                TestPackage.of("other", "1")
                        .runner("\"execution_modes\": [\"interactive\"], " + SCHEMAS)
                        .zip(),
                "SKILL_EXECUTION_MODE_UNSUPPORTED",
                "auto");
        assertThat(all.send(api.path(request, "/upload"), "other", new byte[] {1})
                        .status())
                .isEqualTo(400);

        assertThat(api.uploadSkill(request, TestSkill.sent("good").zip()).status())
                .isEqualTo(200);
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
        ApiClient.Answer again = api.uploadSkill(request, TestSkill.sent("good").zip());
        assertThat(again.status()).isEqualTo(400);
        assertThat(code(again)).isEqualTo("RUN_ALREADY_STARTED");
        String unknown = "00000000-0000-4000-8000-000000000000";
        assertThat(api.uploadSkill(unknown, TestSkill.sent("good").zip()).status())
                .isEqualTo(404);
    }

    @Test
    void whatever_is_planted_in_a_package_is_refused_and_nothing_is_written_outside() throws Exception {
        String request = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        Map<String, byte[]> family = new LinkedHashMap<>();
        family.put("a link", special("evil/link", 0120777, "/etc/passwd"));
        family.put("a pipe", special("evil/pipe", 0010644, ""));
        family.put("a device", special("evil/device", 0020644, ""));
        family.put("a socket", special("evil/socket", 0140644, ""));
        family.put(
                "a way out", TestSkill.sent("evil").entry("evil/../../out", "x").zip());
        family.put(
                "an absolute path",
                TestSkill.sent("evil").entry("/tmp/out-of-a-package", "x").zip());
        family.put(
                "a way out with backslashes",
                TestSkill.sent("evil").entry("evil\\..\\..\\out", "x").zip());
        family.put("a drive", TestSkill.sent("evil").entry("C:/out", "x").zip());
        family.put(
                "a second folder", TestSkill.sent("evil").entry("second/x", "x").zip());
        family.put("a bomb", bomb());

        for (Map.Entry<String, byte[]> member : family.entrySet()) {
            ApiClient.Answer answer = api.uploadSkill(request, member.getValue());
            assertThat(answer.status()).as(member.getKey()).isEqualTo(400);
            assertThat(code(answer)).as(member.getKey()).isEqualTo("ARCHIVE_INVALID");
            assertNothingIsKept();
        }
        assertThat(data.resolve("temp_skill_runs/out")).doesNotExist();
        assertThat(data.resolve("temp_skill_runs/staged/out")).doesNotExist();
        assertThat(data.resolve("out")).doesNotExist();
        assertThat(Path.of("/tmp/out-of-a-package")).doesNotExist();
        assertThat(api.uploadSkill(request, TestSkill.sent("mended").zip()).status())
                .isEqualTo(200);
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void a_canceled_run_and_a_failed_one_leave_no_package_and_one_is_kept_on_purpose() throws Exception {
        String canceled = api.create(TestSkill.request(NO_OPTIONS, "say begun", "hang"));
        assertThat(all.post(api.path(canceled, "/cancel")).status()).isEqualTo(404);
        api.uploadSkill(canceled, TestSkill.sent("canceled").zip());
        api.awaitStatus(canceled, Set.of("running"));
        assertThat(data.resolve("temp_skill_runs/staged").resolve(canceled).resolve("canceled/SKILL.md"))
                .isRegularFile();
        String queued = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        api.uploadSkill(queued, TestSkill.sent("queued").zip());
        assertThat(all.post(api.path(queued, "/cancel")).json().get("accepted").booleanValue())
                .isTrue();
        assertThat(data.resolve("temp_skill_runs/staged").resolve(queued)).doesNotExist();
        assertThat(all.post(api.path(canceled, "/cancel"))
                        .json()
                        .get("accepted")
                        .booleanValue())
                .isTrue();
        assertThat(api.awaitEnd(canceled).get("status").stringValue()).isEqualTo("canceled");
        assertThat(api.status(queued).get("status").stringValue()).isEqualTo("canceled");

        String failed = ended(NO_OPTIONS, "failing", "garbage", "no-closing");
        assertThat(api.status(failed).get("status").stringValue()).isEqualTo("failed");
        assertNothingIsKept();

        String kept = ended(Map.of("debug_keep_temp", true), "kept", ANSWER);
        Path package_ = data.resolve("temp_skill_runs/requests").resolve(kept).resolve("skill_package.zip");
        Path staged = data.resolve("temp_skill_runs/staged").resolve(kept);
        assertThat(package_).isRegularFile();
        assertThat(staged.resolve("kept/SKILL.md")).isRegularFile();
        Files.delete(package_);
        try (Stream<Path> files = Files.walk(staged).sorted((a, b) -> b.compareTo(a))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(package_.getParent());
    }

    @Test
    void a_full_queue_leaves_the_request_usable() throws Exception {
        String working = api.create(TestSkill.request(NO_OPTIONS, "hang"));
        api.uploadSkill(working, TestSkill.sent("busy").zip());
        api.awaitStatus(working, Set.of("running"));
        String first = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        String second = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        api.uploadSkill(first, TestSkill.sent("busy").zip());
        api.uploadSkill(second, TestSkill.sent("busy").zip());
        String request = api.create(TestSkill.request(NO_OPTIONS, ANSWER));

        ApiClient.Answer full = api.uploadSkill(request, TestSkill.sent("late").zip());

        assertThat(full.status()).isEqualTo(429);
        assertThat(code(full)).isEqualTo("RUN_QUEUE_FULL");
        assertThat(api.status(request).get("status").stringValue()).isEqualTo("queued");
        assertThat(data.resolve("temp_skill_runs/staged").resolve(request)).doesNotExist();
        all.post(api.path(working, "/cancel"));
        api.awaitEnd(first);
        api.awaitEnd(second);
        assertThat(api.uploadSkill(request, TestSkill.sent("late").zip()).status())
                .isEqualTo(200);
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void of_two_uploads_at_once_one_is_run() throws Exception {
        String request = api.create(TestSkill.request(NO_OPTIONS, ANSWER));
        byte[] skill = TestSkill.sent("parallel").zip();
        List<CompletableFuture<ApiClient.Answer>> uploads = Stream.of(1, 2)
                .map(number -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return api.uploadSkill(request, skill);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();

        List<Integer> statuses = uploads.stream()
                .map(CompletableFuture::join)
                .map(ApiClient.Answer::status)
                .sorted()
                .toList();

        assertThat(statuses).isEqualTo(List.of(200, 400));
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(all.get("/v1/management/runs").json().get("runs"))
                .filteredOn(run -> run.get("request_id").stringValue().equals(request))
                .hasSize(1);
    }

    private void assertRejected(String request, byte[] archive, String code, String named) throws IOException {
        ApiClient.Answer answer = api.uploadSkill(request, archive);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo(code);
        if (code.equals("SKILL_ENGINE_UNSUPPORTED")) {
            assertThat(answer.json().get("declared_engines").toString()).isEqualTo("[\"gemini\"]");
            assertThat(answer.json().get("requested_engine").stringValue()).isEqualTo("codex");
        }
        JsonNode status = api.status(request);
        assertThat(status.get("status").stringValue()).isEqualTo("failed");
        assertThat(status.get("error").get("code").stringValue()).isEqualTo(code);
        assertThat(status.get("error").get("message").stringValue()).contains(named);
        assertNothingIsKept();
    }

    /** Sends a skill and waits for the end of its run. @return the request */
    private String ended(Map<String, Object> options, String skill, String... directives) throws IOException {
        String request = api.create(TestSkill.request(options, directives));
        ApiClient.Answer uploaded =
                api.uploadSkill(request, TestSkill.sent(skill).zip());
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        api.awaitEnd(request);
        return request;
    }

    private void assertNothingIsKept() throws IOException {
        for (String folder : List.of("requests", "staged")) {
            Path kept = data.resolve("temp_skill_runs").resolve(folder);
            if (Files.exists(kept)) {
                assertThat(kept).isEmptyDirectory();
            }
        }
    }

    private static String code(ApiClient.Answer answer) {
        return answer.json().get("code").stringValue();
    }

    private static byte[] special(String name, int unixMode, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(unixMode);
            zip.putArchiveEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** 300 MiB of nothing. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("evil/zeros"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
