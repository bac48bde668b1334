package skillrunner.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.commandline.ScriptedServer.Reply;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The commands about runs, skills and engines, against a server that says what it is told to. */
class OtherCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SIGN_INS = "/v1/engines/auth/oauth-proxy/sessions";

    @TempDir
    private Path here;

    private volatile String session = "";
    private ScriptedServer server;
    private ServedRun run;

    @BeforeEach
    void serve() throws IOException {
        server = new ScriptedServer();
        run = new ServedRun(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void runs_are_listed_in_a_table_or_as_the_server_answers() throws Exception {
        String answer =
                "{\"runs\": [{\"request_id\": \"r1\", \"status\": \"failed\", \"skill_id\": \"demo\", \"engine\": \"codex\","
                        + " \"created_at\": \"2026-11-22T08:30:00.123456Z\", \"error\": {\"code\": \"TIMEOUT\"}}],"
                        + " \"next_cursor\": \"c2\", \"awaiting_upload\": []}";
        server.answer("GET /v1/management/runs", Reply.json(answer));
        CommandTrial.Ended table = trial().run("runs", "list", "--status", "failed,canceled", "--limit", "1");
        assertThat(table.out().lines().toList())
                .containsExactly(
                        "REQUEST  STATUS  SKILL  ENGINE  CREATED",
                        "r1       failed  demo   codex   2026-11-22T08:30:00Z  TIMEOUT");
        assertThat(table.err()).contains("--cursor c2");
        assertThat(server.requests()).anyMatch(request -> request.query().equals("limit=1&status=failed%2Ccanceled"));
        assertThat(trial().run("runs", "list", "--json").out()).isEqualTo(answer + "\n");
    }

    /** The text is small, and what is made of it would be more than the program has. */
    @Test
    void an_answer_of_endless_values_is_not_held() throws Exception {
        server.answer("GET /v1/management/runs", Reply.json("{\"runs\": [" + "[],".repeat(1_000_000) + "[]]}"));
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err())
                .isEqualTo("skill-runner: NO_SKILL_RUNNER: the answer of " + server.address()
                        + "/v1/management/runs?limit=20 has more values than any of a Skill Runner\n");
    }

    @Test
    void of_several_runs_each_is_canceled_whatever_becomes_of_the_others() throws Exception {
        CommandTrial.Ended ended = trial().run("runs", "cancel", "unknown", ServedRun.ID);
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).startsWith("skill-runner: ROUTE_NOT_FOUND: unknown: ");
        assertThat(ended.out()).startsWith(ServedRun.ID + ": The run is being canceled");
        CommandTrial.Ended wrong = trial().run("runs", "cancel", ServedRun.ID, "..");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(server.bodies("POST " + ServedRun.RUN + "/cancel")).hasSize(1);
    }

    @Test
    void the_server_may_be_named_before_between_and_behind_the_commands() throws Exception {
        server.answer(
                "GET /v1/management/runs",
                Reply.json("{\"runs\": [], \"next_cursor\": null, \"awaiting_upload\": []}"));
        String address = server.address().toString();
        for (String line : new String[] {
            "--server " + address + " runs list", "runs --server " + address + " list", "runs list --server " + address
        }) {
            CommandTrial.Ended ended = new CommandTrial("http://127.0.0.1:1", here).run(line.split(" "));
            assertThat(ended.code()).as(line + ended.err()).isZero();
        }
    }

    @Test
    void a_run_is_shown_with_what_it_was_asked_and_what_it_asks() throws Exception {
        run.asks("{\"interaction_id\": 1, \"kind\": \"open_text\", \"prompt\": \"Which colour?\", \"options\": [],"
                + " \"required_fields\": [], \"deadline\": null}");
        CommandTrial.Ended ended = trial().run("runs", "show", ServedRun.ID);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("waiting_user")
                .contains("{\"text\":\"x\"}")
                .contains("Which colour?");
    }

    @Test
    void watching_a_run_that_is_not_there_ends_at_once() throws Exception {
        server.answer(
                "GET /v1/management/runs/none", Reply.problem(404, "REQUEST_NOT_FOUND", "No request has this id"));
        CommandTrial.Ended ended = trial().run("runs", "watch", "none");
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).isEqualTo("skill-runner: REQUEST_NOT_FOUND: No request has this id\n");
    }

    @Test
    void output_is_printed_as_it_is_written_into_a_pipe_and_made_harmless_at_a_terminal() throws Exception {
        run.tells(ServedRun.event("stdout", "{\"from\": 0, \"to\": 9, \"chunk\": \"a\\u001b[2Jb\\nc\"}"));
        assertThat(trial().run("runs", "watch", ServedRun.ID, "--output").out()).isEqualTo("a\u001b[2Jb\nc");
        CommandTrial.Ended seen = trial().atTerminal().run("runs", "watch", ServedRun.ID, "--output");
        assertThat(seen.out()).startsWith("a\\u001b[2Jb\nc");
    }

    @Test
    void an_id_can_not_become_another_path() throws Exception {
        assertThat(trial().run("runs", "show", "..").code()).isEqualTo(2);
        trial().run("runs", "show", "a/../../b?c#d");
        assertThat(server.requests())
                .anyMatch(request -> request.call().equals("GET /v1/management/runs/a%2F..%2F..%2Fb%3Fc%23d"));
    }

    @Test
    void runs_are_canceled_one_after_another() throws Exception {
        CommandTrial.Ended ended = trial().run("runs", "cancel", ServedRun.ID);
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo(ServedRun.ID + ": The run is being canceled\n");
        server.answer(
                "POST " + ServedRun.RUN + "/cancel",
                Reply.json("{\"request_id\": \"x\", \"run_id\": \"r\","
                        + " \"status\": \"succeeded\", \"accepted\": false, \"message\": \"The run has ended\"}"));
        assertThat(trial().run("runs", "cancel", ServedRun.ID, "--json").code()).isEqualTo(1);
    }

    @Test
    void a_result_has_the_exit_code_of_its_verdict() throws Exception {
        assertThat(trial().run("runs", "result", ServedRun.ID).out()).contains("\"fine\"");
        run.fails("TIMEOUT", "too long");
        CommandTrial.Ended failed = trial().run("runs", "result", ServedRun.ID, "--json");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(JSON.readTree(failed.out()).path("error").path("code").asString(""))
                .isEqualTo("TIMEOUT");
        run.ends("running");
        assertThat(trial().run("runs", "result", ServedRun.ID).code()).isEqualTo(6);
    }

    @Test
    void a_bundle_is_saved_and_never_over_another_file() throws Exception {
        server.answer("GET " + ServedRun.JOB + "/bundle", new Reply(200, "application/zip", "PK"));
        CommandTrial.Ended ended = trial().run("runs", "bundle", ServedRun.ID);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(here.resolve(ServedRun.ID + ".zip")).content().isEqualTo("PK");
        assertThat(trial().run("runs", "bundle", ServedRun.ID).code()).isEqualTo(2);
        server.answer("GET " + ServedRun.JOB + "/bundle", Reply.problem(404, "RESULT_NOT_FOUND", "nothing"));
        assertThat(trial().run("runs", "bundle", ServedRun.ID, "--out", "x.zip").code())
                .isEqualTo(6);
        assertThat(here.resolve("x.zip")).doesNotExist();
    }

    @Test
    void a_reply_goes_to_the_question_that_waits() throws Exception {
        run.asks("{\"interaction_id\": 4, \"kind\": \"open_text\"}");
        assertThat(trial().run("runs", "reply", ServedRun.ID, "dark blue").out())
                .isEqualTo("answered; the run is queued\n");
        run.asks("{\"interaction_id\": 5, \"kind\": \"open_text\"}");
        trial().run("runs", "reply", ServedRun.ID, "--value", "{\"a\": 1}", "--question", "7");
        assertThat(server.bodies("POST " + ServedRun.RUN + "/reply"))
                .extracting(body -> JSON.readTree(body).path("interaction_id").asInt() + " "
                        + JSON.readTree(body).path("response"))
                .containsExactly("4 \"dark blue\"", "7 {\"a\":1}");
        assertThat(trial().run("runs", "reply", ServedRun.ID).code()).isEqualTo(2);
        assertThat(trial().run("runs", "reply", ServedRun.ID, "--value", "{").code())
                .isEqualTo(2);
    }

    @Test
    void a_reply_to_a_run_that_asks_nothing_is_refused() throws Exception {
        CommandTrial.Ended ended = trial().run("runs", "reply", ServedRun.ID, "blue");
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).startsWith("skill-runner: INTERACTION_NOT_PENDING: ");
    }

    @Test
    void skills_are_listed_and_shown() throws Exception {
        run.skill("demo");
        String skill = "{\"id\": \"demo\", \"version\": \"1.0.0\", \"health\": \"healthy\", \"health_error\": null,"
                + " \"effective_engines\": [\"codex\", \"gemini\"], \"execution_modes\": [\"auto\"], \"description\": \"Says so\"}";
        server.answer("GET /v1/management/skills", Reply.json("{\"skills\": [" + skill + "]}"));
        server.answer("GET /v1/management/skills/demo", Reply.json(skill));
        assertThat(trial().run("skills", "list").out().lines().toList().get(1))
                .isEqualTo("demo  1.0.0    healthy  codex,gemini  Says so");
        String shown = trial().run("skills", "show", "demo").out();
        assertThat(shown).contains("text", "required", "numbers", "file", "limit", "integer");
    }

    @Test
    void a_skill_is_installed_from_a_folder_and_a_bad_one_says_why() throws Exception {
        Files.createDirectories(here.resolve("demo"));
        Files.writeString(here.resolve("demo/SKILL.md"), "x");
        server.answer(
                "POST /v1/skill-packages/install", Reply.json("{\"request_id\": \"i1\", \"status\": \"queued\"}"));
        server.answer(
                "GET /v1/skill-packages/i1",
                Reply.json(installed("running", "null", "null")),
                Reply.json(installed("succeeded", "\"update\"", "null")));
        CommandTrial.Ended ended = trial().run("skills", "install", "demo");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("demo 1.0.0: updated\n");
        server.answer("GET /v1/skill-packages/i1", Reply.json(installed("failed", "null", "\"no front matter\"")));
        CommandTrial.Ended failed = trial().run("skills", "install", "demo", "--adopt");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).isEqualTo("skill-runner: PACKAGE_INVALID: no front matter\n");
        assertThat(trial().run("skills", "install", "nowhere").code()).isEqualTo(2);
    }

    @Test
    void engines_and_models_are_listed() throws Exception {
        server.answer(
                "GET /v1/management/engines",
                Reply.json("{\"engines\": [{\"engine\": \"codex\", \"cli_version\": null,"
                        + " \"cli_source\": \"missing\", \"auth_ready\": true, \"auth_expired\": true, \"models_count\": 3,"
                        + " \"in_use\": false}]}"));
        assertThat(trial().run("engines", "list").out().lines().toList().get(1))
                .isEqualTo("codex   -        missing  expired    3       not in use");
        server.answer(
                "GET /v1/engines/codex/models",
                Reply.json(
                        "{\"fallback_reason\": \"no_match\", \"models\": [{\"id\": \"gpt-5\","
                                + " \"display_name\": \"GPT-5\", \"supported_effort\": [\"low\", \"high\"], \"deprecated\": true}]}"));
        CommandTrial.Ended models = trial().run("engines", "models", "codex");
        assertThat(models.out().lines().toList().get(1)).isEqualTo("gpt-5  GPT-5  low,high  deprecated");
        assertThat(models.err()).contains("no_match");
    }

    @Test
    void an_upgrade_is_awaited_and_its_failure_is_the_exit_code() throws Exception {
        server.answer("POST /v1/engines/upgrades", Reply.json("{\"request_id\": \"u1\", \"status\": \"queued\"}"));
        server.answer(
                "GET /v1/engines/upgrades/u1",
                Reply.json("{\"status\": \"running\", \"running\": {\"engine\": \"codex\"}, \"results\": {}}"),
                Reply.json(
                        "{\"status\": \"failed\", \"running\": null, \"results\": {\"codex\": {\"status\": \"failed\","
                                + " \"stdout\": \"\", \"stderr\": \"EACCES\\n\", \"error\": \"npm ended with 243\", \"version\": null}}}"));
        CommandTrial.Ended ended = trial().run("engines", "upgrade", "codex");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("EACCES", "codex: failed");
        assertThat(ended.err()).contains("skill-runner: UPGRADE_FAILED: codex: npm ended with 243");
        assertThat(server.bodies("POST /v1/engines/upgrades"))
                .containsExactly("{\"mode\":\"single\",\"engine\":\"codex\"}");
        assertThat(trial().run("engines", "upgrade").code()).isEqualTo(2);
        assertThat(trial().run("engines", "upgrade", "codex", "--all").code()).isEqualTo(2);
    }

    @Test
    void a_sign_in_shows_its_page_takes_a_code_and_waits_for_its_end() throws Exception {
        session = session("waiting_user", "\"code\"", false);
        server.answer("POST " + SIGN_INS, request -> Reply.json(session));
        server.answer("GET " + SIGN_INS + "/s1", request -> Reply.json(session));
        server.answer("POST " + SIGN_INS + "/s1/input", request -> {
            session = session("succeeded", "null", true);
            return Reply.json("{\"accepted\": true, \"session\": " + session + "}");
        });
        CommandTrial trial = trial().atTerminal();
        trial.type("4/0Ab");
        CommandTrial.Ended ended = trial.run("engines", "sign-in", "gemini");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Open in a browser: https://accounts.example/x", "gemini is signed in");
        assertThat(server.bodies("POST " + SIGN_INS + "/s1/input"))
                .containsExactly("{\"kind\":\"code\",\"value\":\"4/0Ab\"}");
    }

    @Test
    void ctrl_c_ends_a_sign_in() throws Exception {
        server.answer("POST " + SIGN_INS, Reply.json(session("waiting_user", "null", false)));
        server.answer("GET " + SIGN_INS + "/s1", Reply.json(session("waiting_user", "null", false)));
        server.answer(
                "POST " + SIGN_INS + "/s1/cancel",
                Reply.json("{\"canceled\": true, \"session\": " + session("canceled", "null", true) + "}"));
        CommandTrial trial = trial().atTerminal();
        CompletableFuture<CommandTrial.Ended> ended =
                CompletableFuture.supplyAsync(() -> trial.run("engines", "sign-in", "codex"));
        await().until(() -> trial.messages().contains("-- waiting_user"));
        trial.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS).code()).isEqualTo(3);
    }

    @Test
    void a_script_for_the_shell_knows_the_commands() throws Exception {
        for (String shell : new String[] {"bash", "zsh"}) {
            CommandTrial.Ended ended = trial().run("completion", shell);
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).contains("complete -F _complete_skill-runner", "--follow", "sign-in");
        }
        assertThat(trial().run("completion", "fish").code()).isEqualTo(2);
    }

    private static String installed(String status, String action, String error) {
        return "{\"request_id\": \"i1\", \"status\": \"" + status
                + "\", \"created_at\": \"2026-11-22T08:30:00.123456Z\","
                + " \"updated_at\": \"2026-11-22T08:30:00.123456Z\", \"skill_id\": \"demo\", \"version\": \"1.0.0\","
                + " \"action\": " + action + ", \"error\": " + error + "}";
    }

    private static String session(String status, String kind, boolean terminal) {
        return "{\"session_id\": \"s1\", \"status\": \"" + status + "\", \"terminal\": " + terminal
                + ", \"input_kind\": " + kind
                + ", \"auth_url\": \"https://accounts.example/x\", \"verification_url\": null, \"user_code\": null,"
                + " \"error\": null, \"error_code\": null}";
    }

    private CommandTrial trial() throws IOException {
        return new CommandTrial(server, here);
    }
}
