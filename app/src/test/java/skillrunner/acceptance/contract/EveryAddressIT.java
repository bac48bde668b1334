package skillrunner.acceptance.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.Contract;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.contract.ApiDocument;
import skillrunner.contract.PromisedAnswers;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Much is told of a run, at several addresses each. Runs are made in every standing, and each address is asked for what the document
 * promises of such a run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryAddressIT {
    private static final PromisedAnswers PROMISED = PromisedAnswers.of(Contract.DOCUMENT);
    private static final Pattern OF_RUN =
            Pattern.compile("/v1/(jobs|temp-skill-runs|streams|management/runs)/\\{request_id}.*");
    private static final Pattern EVENT_ID = Pattern.compile("(?m)^id: ?(\\S+)");
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
    private static final String KEY = "once";
    private static final String SAID = "{\"__SKILL_DONE__\": true, \"status\": \"fine\"}";
    private static final String EMPTY_ARCHIVE = "PK\005\006" + "\0".repeat(18);

    private Path skills;
    private RunningServer server;
    private Requests installed;
    private Requests temporary;

    /** Requests of one kind, by what has become of them. */
    private record Requests(
            String awaiting,
            String orphaned,
            String running,
            String asking,
            String ended,
            String conversed,
            String keyed) {}

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        skills = home.resolve("data/skills");
        TestSkill.install(home);
        TestSkill.installAsking(home);
        TestSkill.install(home, "gone", List.of(EngineId.CODEX));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(home, Map.of());
        installed = requests(new Kind(server.client(), false));
        temporary = requests(new Kind(server.client().ofTemporarySkills(), true));
        Files.move(skills.resolve("gone"), home.resolve("gone"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void what_nobody_has_is_found_nowhere() throws Exception {
        for (String kind : List.of("REQUEST", "INSTALL", "UPGRADE", "SESSION", "ENGINE")) {
            assertEverywhere("404 " + kind + "_NOT_FOUND", of -> NOBODY, "SKILL.md", NOBODY);
        }
        assertEverywhere("404 SKILL_NOT_FOUND", Requests::orphaned, "SKILL.md", NOBODY);
    }

    @Test
    void a_request_whose_files_are_awaited_has_no_run() throws Exception {
        assertEverywhere("404 RUN_NOT_FOUND", Requests::awaiting, "artifacts/report.txt", TestSkill.ID);
    }

    @Test
    void a_run_that_goes_on_has_no_result() throws Exception {
        for (ApiDocument.Operation operation : ofRuns("GET", "404 RESULT_NOT_FOUND")) {
            // What there is so far can be had as an archive; RunBundleRoutesTest asks for one of a run that has left
            // nothing.
            boolean bundle = operation.path().endsWith("/bundle");
            assertThat(ask(operation, Requests::running, "", TestSkill.ID).told())
                    .as(operation.toString())
                    .isEqualTo(bundle ? "200" : "404 RESULT_NOT_FOUND");
        }
    }

    @Test
    void files_that_are_not_there_and_paths_that_lead_away_are_told_apart() throws Exception {
        assertEverywhere("404 FILE_NOT_FOUND", Requests::ended, "none.txt", TestSkill.ID);
        assertEverywhere("404 ARTIFACT_NOT_FOUND", Requests::ended, "artifacts/none.txt", TestSkill.ID);
        assertEverywhere("400 PATH_INVALID", Requests::ended, "..%2Fx", TestSkill.ID);
    }

    @Test
    void a_run_that_asks_nothing_takes_no_answer() throws Exception {
        assertEverywhere("400 RUN_NOT_INTERACTIVE", Requests::ended, "", TestSkill.ID);
        assertEverywhere("409 INTERACTION_NOT_PENDING", Requests::running, "", TestSkill.ID);
        assertEverywhere("409 INTERACTION_DECIDED", Requests::conversed, "", TestSkill.ID);
        for (ApiDocument.Operation operation : ofRuns("POST", "409 IDEMPOTENCY_KEY_REUSED")) {
            assertThat(ask(operation, Requests::keyed, "", TestSkill.ID).told())
                    .as(operation.toString())
                    .isEqualTo("409 IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void a_run_is_shown_at_each_address() throws Exception {
        for (ApiDocument.Operation operation : ofRuns("GET", "200")) {
            boolean question = operation.path().endsWith("pending");
            RawAnswer shown =
                    ask(operation, question ? Requests::asking : Requests::ended, "artifacts/report.txt", TestSkill.ID);
            assertThat(shown.told()).as(operation.toString()).isEqualTo("200");
            if (PROMISED.has(operation, "304")) {
                assertThat(askAgain(operation, "", "If-None-Match: " + shown.header("etag")))
                        .as(operation + " of what is known")
                        .isEqualTo("304");
            }
            if (operation.path().endsWith("/events")) {
                assertThat(askAgain(operation, "", "Last-Event-ID: " + lastEvent(shown)))
                        .as(operation + " behind the end")
                        .isEqualTo("204");
            } else if (PROMISED.has(operation, "204")) {
                assertThat(askAgain(operation, "&offset=now&live=long-poll", "Accept: */*"))
                        .as(operation + " behind the end")
                        .isEqualTo("204");
            }
        }
    }

    @Test
    void a_run_is_answered_and_ended_at_each_address() throws Exception {
        for (ApiDocument.Operation operation : ofRuns("POST", "200")) {
            Kind kind = operation.path().contains("temp")
                    ? new Kind(server.client().ofTemporarySkills(), true)
                    : new Kind(server.client(), false);
            if (operation.path().endsWith("reply") || operation.path().endsWith("cancel")) {
                String request = kind.asking();
                assertThat(ask(operation, of -> request, "", TestSkill.ID).told())
                        .as(operation.toString())
                        .isEqualTo("200");
                kind.api().awaitEnd(request);
            }
        }
    }

    private static List<ApiDocument.Operation> ofRuns(String method, String answer) {
        return Contract.DOCUMENT.operations().stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> OF_RUN.matcher(operation.path()).matches())
                .filter(operation -> PROMISED.has(operation, answer))
                .toList();
    }

    private String askAgain(ApiDocument.Operation operation, String query, String header) throws IOException {
        return send(operation, Requests::ended, "artifacts/report.txt" + query, TestSkill.ID, List.of(header))
                .told();
    }

    private static String lastEvent(RawAnswer events) {
        Matcher id = EVENT_ID.matcher(events.body());
        String last = "";
        while (id.find()) {
            last = id.group(1);
        }
        return last;
    }

    private void assertEverywhere(String answer, Function<Requests, String> request, String path, String skill)
            throws IOException {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (ApiDocument.Operation operation : Contract.DOCUMENT.operations()) {
            if (PROMISED.has(operation, answer)) {
                asked++;
                String told = ask(operation, request, path, skill).told();
                if (!told.equals(answer)) {
                    wrong.add(operation + " was answered " + told);
                }
            }
        }
        assertThat(wrong).as(answer).isEmpty();
        assertThat(asked).as(answer).isPositive();
    }

    private RawAnswer ask(
            ApiDocument.Operation operation, Function<Requests, String> request, String path, String skill)
            throws IOException {
        return send(operation, request, path, skill, List.of());
    }

    private RawAnswer send(
            ApiDocument.Operation operation,
            Function<Requests, String> request,
            String path,
            String skill,
            List<String> more)
            throws IOException {
        Requests kind = operation.path().startsWith("/v1/temp-skill-runs") ? temporary : installed;
        String target = operation
                        .path()
                        .replace("{request_id}", request.apply(kind))
                        .replace("{artifact_path}", path.replaceAll("&.*", ""))
                        .replace("{skill_id}", skill)
                        .replaceAll("\\{[^}]+}", NOBODY)
                + "?stream=" + (operation.path().contains("protocol") ? "fcmp" : "stdout")
                + "&byte_from=0&byte_to=10&path=" + path;
        List<String> headers = new ArrayList<>(List.of("Host: localhost"));
        headers.addAll(more);
        String body = operation.method().equals("GET") ? "" : body(operation.path(), skill);
        if (body.startsWith("{")) {
            headers.add("Content-Type: application/json");
        } else if (!body.isEmpty()) {
            headers.add("Content-Type: multipart/form-data; boundary=b");
        }
        return RawAnswer.of(server.port(), operation.method(), target, headers, body);
    }

    private static String body(String path, String skill) {
        if (path.endsWith("/upload")) {
            return "--b\r\nContent-Disposition: form-data; name=\""
                    + (path.contains("temp") ? "skill_package" : "file")
                    + "\"; filename=\"f.zip\"\r\n\r\n" + EMPTY_ARCHIVE + "\r\n--b--\r\n";
        }
        if (path.endsWith("/reply")) {
            return "{\"interaction_id\": 1, \"idempotency_key\": \"" + KEY + "\", \"response\": \"@cli answer "
                    + SAID.replace("\"", "\\\"") + "\"}";
        }
        if (path.endsWith("/input")) {
            return "{\"kind\": \"code\", \"value\": \"x\"}";
        }
        if (path.endsWith("/snapshots")) {
            return "{\"models\": [{\"id\": \"some\"}]}";
        }
        if (path.endsWith("/ticket")) {
            return "{\"session_id\": \"" + NOBODY + "\"}";
        }
        return path.equals("/v1/jobs") ? "{\"skill_id\": \"" + skill + "\", \"engine\": \"codex\"}" : "";
    }

    private static Requests requests(Kind kind) throws IOException {
        String ended = kind.begin("artifact report.txt all well", "answer {\"status\": \"fine\"}");
        String conversed = kind.answered(Map.of());
        String keyed = kind.answered(Map.of("idempotency_key", KEY));
        String running = kind.interactive("say working", "hang");
        kind.api().awaitStatus(running, Set.of("running"));
        Requests requests = new Requests(
                kind.awaiting(TestSkill.ID), kind.awaiting("gone"), running, kind.asking(), ended, conversed, keyed);
        assertThat(kind.api().awaitEnd(ended).get("status").stringValue()).isEqualTo("succeeded");
        kind.api().awaitEnd(conversed);
        kind.api().awaitEnd(keyed);
        return requests;
    }

    /** How runs of a kind are begun. */
    private record Kind(ApiClient api, boolean sent) {
        String awaiting(String skill) {
            Map<String, Object> job = new HashMap<>(TestSkill.job("say nothing"));
            job.put("skill_id", skill);
            job.put("await_upload", true);
            return api.create(sent ? TestSkill.request(Map.of(), "say nothing") : job);
        }

        String begin(String... directives) throws IOException {
            if (!sent) {
                return api.create(TestSkill.job(directives));
            }
            String request = api.create(TestSkill.request(Map.of("no_cache", true), directives));
            assertThat(api.uploadSkill(request, TestSkill.sent("sent").zip()).status())
                    .isEqualTo(200);
            return request;
        }

        String interactive(String... directives) throws IOException {
            if (!sent) {
                return api.create(TestSkill.asking(directives));
            }
            String request = api.create(
                    TestSkill.request(Map.of("no_cache", true, "execution_mode", "interactive"), directives));
            assertThat(api.uploadSkill(request, TestSkill.sentAsking("sent").zip())
                            .status())
                    .isEqualTo(200);
            return request;
        }

        String answered(Map<String, Object> more) throws IOException {
            Map<String, Object> reply = new HashMap<>(more);
            reply.put("interaction_id", 1);
            reply.put("response", "Well.\n@cli answer " + SAID);
            String request = asking();
            assertThat(api.post(api.path(request, "/interaction/reply"), reply).status())
                    .isEqualTo(200);
            return request;
        }

        String asking() throws IOException {
            String request = interactive("say Which colour?");
            api.awaitStatus(request, Set.of("waiting_user"));
            return request;
        }
    }
}
