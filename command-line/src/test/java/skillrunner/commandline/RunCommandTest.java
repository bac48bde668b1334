package skillrunner.commandline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.commandline.ScriptedServer.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code run} from the command line to the exit code, against a server that says what it is told to. */
class RunCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String QUESTION = "{\"interaction_id\": 1, \"kind\": \"%s\", \"prompt\": \"Which colour?\","
            + " \"options\": %s, \"ui_hints\": {}, \"default_decision_policy\": \"engine_judgement\","
            + " \"required_fields\": [], \"attempt_number\": 1, \"created_at\": \"2026-11-22T08:30:00.123456Z\","
            + " \"deadline\": null}";

    @TempDir
    private Path here;

    private ScriptedServer server;
    private ServedRun run;

    @BeforeEach
    void serve() throws IOException {
        server = new ScriptedServer();
        run = new ServedRun(server).skill("demo");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_run_that_succeeds_prints_its_answer_and_nothing_else() throws Exception {
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=hello");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(JSON.readTree(ended.out())).isEqualTo(JSON.readTree("{\"answer\": \"fine\"}"));
    }

    @Test
    void values_are_sent_as_the_types_of_the_schema() throws Exception {
        Files.writeString(here.resolve("text"), "from a file\n");
        CommandTrial.Ended ended = trial().run(
                        "run",
                        "demo",
                        "--input",
                        "text=@text",
                        "--input",
                        "list=1",
                        "--input",
                        "list=2",
                        "--parameter",
                        "limit=7",
                        "--engine",
                        "gemini",
                        "--model",
                        "m",
                        "--mode",
                        "auto",
                        "--option",
                        "no_cache=true");
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode job = JSON.readTree(server.bodies("POST /v1/jobs").get(0));
        assertThat(job)
                .isEqualTo(JSON.readTree(
                        "{\"skill_id\": \"demo\", \"engine\": \"gemini\", \"model\": \"m\", \"input\": {\"text\": \"from a file\\n\","
                                + " \"list\": [1, 2]}, \"parameter\": {\"limit\": 7}, \"runtime_options\": {\"no_cache\": true,"
                                + " \"execution_mode\": \"auto\"}}"));
    }

    @Test
    void files_are_sent_in_a_zip_under_their_names() throws Exception {
        Files.writeString(here.resolve("n.txt"), "2 3 5");
        server.answer(
                "POST /v1/jobs",
                Reply.json("{\"request_id\": \"" + ServedRun.ID
                        + "\", \"cache_hit\": false, \"status\": null, \"warnings\": [\"ENGINE_NOT_SIGNED_IN\"]}"));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--file", "numbers=n.txt");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(server.bodies("POST " + ServedRun.JOB + "/upload").get(0))
                .contains("numbers")
                .contains("PK");
    }

    @Test
    void a_warning_is_told_once() throws Exception {
        server.answer(
                "POST /v1/jobs",
                Reply.json(
                        "{\"request_id\": \"" + ServedRun.ID
                                + "\", \"cache_hit\": false, \"status\": \"queued\", \"warnings\": [\"ENGINE_NOT_SIGNED_IN\"]}"));
        run.warns("[\"ENGINE_NOT_SIGNED_IN\", \"OUTPUT_REPAIRED_GENERIC\", \"RESULT_READ_FROM_FILE\"]")
                .tells(ServedRun.event(
                        "chat_event",
                        ServedRun.chat(1, "diagnostic.warning", "{\"code\": \"OUTPUT_REPAIRED_GENERIC\"}")));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--follow");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat((ended.out() + ended.err()).lines().filter(line -> line.startsWith("! ")))
                .containsExactlyInAnyOrder(
                        "! ENGINE_NOT_SIGNED_IN", "! OUTPUT_REPAIRED_GENERIC", "! RESULT_READ_FROM_FILE");
    }

    @Test
    void the_whole_input_may_come_from_a_file_and_single_values_win() throws Exception {
        Files.writeString(here.resolve("all.json"), "{\"text\": \"a\", \"list\": [9]}");
        CommandTrial.Ended ended =
                trial().run("run", "demo", "--input", "@" + here.resolve("all.json"), "--input", "text=@@home");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(JSON.readTree(server.bodies("POST /v1/jobs").get(0)).path("input"))
                .isEqualTo(JSON.readTree("{\"text\": \"@home\", \"list\": [9]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    --fast                  | Unknown option
                    --input text            | NAME=VALUE
                    --input =x              | NAME=VALUE
                    --input txet=x          | it has text, list
                    --input list=x          | 'x' is no integer
                    --input numbers=1       | --file numbers=PATH
                    --input text=@nowhere   | no file nowhere
                    --input text=@.         | no file that can be read
                    --input @broken         | holds no JSON
                    --input text=@bytes     | no UTF-8
                    --file text=broken      | --input text=@broken
                    --file other=broken     | it has numbers
                    --file numbers=nowhere  | no file nowhere
                    --parameter limt=1      | it has limit
                    --parameter limit=many  | 'many' is no integer
                    --parameter @list       | a JSON object is needed
                    --option no_cash=true   | no such option
                    --option no_cache=maybe | wrong type
                    --out full              | not empty
                    --no-wait --follow      | --no-wait
                    --server ftp://x        | http://
                    --server http://a:b@c   | without a password
                    --server http://a:65536 | http://
                    --server http://a:0     | http://
                    --file numbers=/dev/null | no file that can be sent
                    """)
    void wrong_usage_is_one_line_with_code_2_and_starts_nothing(String options, String said) throws Exception {
        Files.writeString(here.resolve("broken"), "{");
        Files.writeString(here.resolve("list"), "[1]");
        Files.write(here.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.createDirectories(here.resolve("full/x"));
        CommandTrial.Ended ended = trial().run(("run demo " + options).split(" "));
        assertThat(ended.err().lines().toList()).as(ended.err()).hasSize(1);
        assertThat(ended.err()).startsWith("skill-runner: USAGE: ").contains(said);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(server.bodies("POST /v1/jobs")).isEmpty();
    }

    @Test
    void a_run_that_fails_says_why_and_ends_with_1() throws Exception {
        run.fails("TIMEOUT", "The hard timeout\\u001b[2J passed\\nafter 3 s");
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("skill-runner: TIMEOUT: The hard timeout\\u001b[2J passed after 3 s\n");
    }

    @Test
    void a_run_that_was_canceled_ends_with_3() throws Exception {
        run.ends("canceled");
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x");
        assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    }

    @Test
    void a_question_without_a_terminal_is_shown_and_ends_with_4() throws Exception {
        run.asks(QUESTION.formatted("open_text", "[]"));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--mode", "interactive");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("Which colour?").contains("skill-runner runs reply " + ServedRun.ID);
    }

    @Test
    void a_question_is_answered_at_the_terminal_and_the_run_goes_on() throws Exception {
        run.asks(QUESTION.formatted("choose_one", "[{\"label\": \"Blue\\u001b[2J\", \"value\": {\"rgb\": 255}}]"));
        CommandTrial trial = trial().atTerminal();
        trial.type("1");
        CommandTrial.Ended ended = trial.run("run", "demo", "--input", "text=x");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("1) Blue\\u001b[2J");
        JsonNode reply =
                JSON.readTree(server.bodies("POST " + ServedRun.RUN + "/reply").get(0));
        assertThat(reply.path("response")).isEqualTo(JSON.readTree("{\"rgb\": 255}"));
        assertThat(reply.path("interaction_id").asInt()).isEqualTo(1);
    }

    @Test
    void an_answer_that_comes_too_late_is_said_and_the_run_is_watched_on() throws Exception {
        run.asks(QUESTION.formatted("open_text", "[]"));
        server.answer("POST " + ServedRun.RUN + "/reply", request -> {
            run.ends("succeeded").asks("null").ends("succeeded");
            return Reply.problem(409, "INTERACTION_DECIDED", "The question was decided");
        });
        CommandTrial trial = trial().atTerminal();
        trial.type("blue");
        CommandTrial.Ended ended = trial.run("run", "demo", "--input", "text=x");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("Somebody else was quicker");
    }

    @Test
    void following_prints_what_the_agent_says_before_its_answer() throws Exception {
        run.tells(
                ServedRun.said(1, "I look at \\u001b]52;c;eA==\\u0007it."),
                ServedRun.event(
                        "chat_event",
                        ServedRun.chat(2, "assistant.tool_call", "{\"tool\": \"shell\", \"summary\": \"ls\"}")),
                ServedRun.event("chat_event", ServedRun.chat(3, "of.another.time", "{}")));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--follow");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines().toList())
                .startsWith("I look at \\u001b]52;c;eA==\\u0007it.", "> shell: ls")
                .endsWith("}");
    }

    @Test
    void json_is_one_document_and_with_follow_one_a_line() throws Exception {
        run.tells(ServedRun.said(1, "hm"));
        CommandTrial.Ended whole = trial().run("run", "demo", "--input", "text=x", "--json");
        JsonNode document = JSON.readTree(whole.out());
        assertThat(document.path("status").asString("")).isEqualTo("succeeded");
        assertThat(document.path("result").path("data").path("answer").asString(""))
                .isEqualTo("fine");

        CommandTrial.Ended lines = trial().run("run", "demo", "--input", "text=x", "--json", "--follow");
        List<String> events = lines.out()
                .lines()
                .map(line -> JSON.readTree(line).path("event").asString(""))
                .toList();
        assertThat(events).containsExactly("status", "chat_event", "status", "result");
    }

    @Test
    void without_waiting_the_id_is_printed() throws Exception {
        assertThat(trial().run("run", "demo", "--input", "text=x", "--no-wait").out())
                .isEqualTo(ServedRun.ID + "\n");
        assertThat(trial().run("run", "demo", "--input", "text=x", "--no-wait", "--json")
                        .out())
                .isEqualTo("{\"request_id\":\"" + ServedRun.ID + "\"}\n");
    }

    @Test
    void artifacts_are_saved_and_names_that_lead_elsewhere_are_refused() throws Exception {
        run.leaves("artifacts/report.md", "# R")
                .leaves("artifacts/a/b.txt", "b")
                .leaves("artifacts/../../evil", "e")
                .leaves("artifacts/..\\\\evil", "e");
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--out", "out");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(here.resolve("out/report.md")).content().isEqualTo("# R");
        assertThat(here.resolve("out/a/b.txt")).content().isEqualTo("b");
        try (var all = Files.walk(here)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(2);
        }
        assertThat(ended.err().lines().filter(line -> line.contains("ARTIFACT_NOT_SAVED")))
                .hasSize(2);
    }

    @Test
    void an_artifact_that_finds_no_place_keeps_neither_the_others_nor_the_answer_back() throws Exception {
        run.leaves("artifacts/a", "a").leaves("artifacts/a/b", "b").leaves("artifacts/c", "c");
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--out", "out");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(JSON.readTree(ended.out())).isEqualTo(JSON.readTree("{\"answer\": \"fine\"}"));
        assertThat(here.resolve("out/a")).content().isEqualTo("a");
        assertThat(here.resolve("out/c")).content().isEqualTo("c");
        assertThat(ended.err()
                        .lines()
                        .filter(line -> line.startsWith("skill-runner: ARTIFACT_NOT_SAVED: artifacts/a/b")))
                .hasSize(1);
    }

    @Test
    void a_server_that_starts_again_when_the_run_has_ended_is_waited_for() throws Exception {
        run.leaves("artifacts/report.md", "# R");
        trial().run("run", "demo", "--input", "text=x");
        Reply starting = new Reply(502, "text/html", "<h1>Bad Gateway</h1>");
        for (String path : List.of(ServedRun.RUN, ServedRun.JOB + "/result", ServedRun.JOB + "/artifacts")) {
            server.before("GET " + path, starting);
        }
        server.answer(
                "GET " + ServedRun.JOB + "/artifacts/artifacts/report.md",
                starting,
                new Reply(200, "application/octet-stream", "# R"));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--out", "out");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(JSON.readTree(ended.out())).isEqualTo(JSON.readTree("{\"answer\": \"fine\"}"));
        assertThat(here.resolve("out/report.md")).content().isEqualTo("# R");
    }

    @Test
    void a_question_is_shown_although_the_server_was_away_when_it_was_asked_for() throws Exception {
        run.asks(QUESTION.formatted("open_text", "[]"));
        // The client asks for it first, the command second.
        server.before("GET " + ServedRun.RUN + "/pending", null, new Reply(503, "text/html", "starting"));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--mode", "interactive");
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err()).contains("Which colour?");
    }

    @Test
    void a_cancel_that_does_not_come_through_is_said_and_the_run_is_watched_on() throws Exception {
        run.ends("running");
        server.before("POST " + ServedRun.RUN + "/cancel", Reply.problem(503, "SERVER_BUSY", "later"));
        CommandTrial trial = trial().atTerminal();
        CompletableFuture<CommandTrial.Ended> ended =
                CompletableFuture.supplyAsync(() -> trial.run("run", "demo", "--input", "text=x"));
        await().until(() -> trial.messages().contains("-- running"));
        trial.interrupt();
        await().until(() -> trial.messages().contains("Cancel the run (c)"));
        trial.type("c");
        await().until(() -> trial.messages().contains("The run was not canceled"));
        assertThat(trial.messages()).contains("skill-runner: SERVER_BUSY: later");
        trial.interrupt();
        await().until(() -> trial.messages().lastIndexOf("Cancel the run (c)")
                > trial.messages().indexOf("The run was not canceled"));
        trial.type("c");
        assertThat(ended.get(30, TimeUnit.SECONDS).code()).isEqualTo(3);
        assertThat(trial.lastWords()).isEmpty();
    }

    @Test
    void ctrl_c_while_artifacts_are_saved_ends_the_command_at_once() throws Exception {
        run.leaves("artifacts/report.md", "# R");
        CommandTrial trial = trial();
        server.answer("GET " + ServedRun.JOB + "/result", request -> {
            trial.interrupt();
            return Reply.json("{\"request_id\": \"" + ServedRun.ID + "\", \"result\": {\"data\": {}}}");
        });
        trial.run("run", "demo", "--input", "text=x", "--out", "out");
        assertThat(trial.lastWords()).singleElement().asString().contains("runs result " + ServedRun.ID);
    }

    @Test
    void a_skill_that_can_not_be_packed_is_wrong_usage_and_nothing_is_begun() throws Exception {
        Path skill = Files.createDirectories(here.resolve("skill"));
        Files.writeString(skill.resolve("SKILL.md"), "# x");
        Files.createSymbolicLink(skill.resolve("out"), here);
        for (List<String> command : List.of(List.of("run", "./skill"), List.of("skills", "install", "skill"))) {
            CommandTrial.Ended ended = trial().run(command.toArray(String[]::new));
            assertThat(ended.code()).as(ended.err()).isEqualTo(2);
            assertThat(ended.err()).startsWith("skill-runner: USAGE: ").contains("skill/out is a link");
        }
        assertThat(server.requests()).noneMatch(request -> request.call().startsWith("POST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "null", "\"x\"", "7", ""})
    void json_of_another_program_is_none_of_ours(String body) throws Exception {
        server.says("0.1.0").answer("GET /v1/management/runs", Reply.json(body));
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).as(ended.out()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: NO_SKILL_RUNNER: ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_refusal_of_one_place_says_it_once() throws Exception {
        server.says("0.1.0")
                .answer(
                        "GET /v1/management/runs",
                        new Reply(
                                400,
                                "application/problem+json",
                                "{\"status\": 400, \"detail\": \"/limit: is wrong\", \"code\": \"REQUEST_INVALID\","
                                        + " \"errors\": [{\"pointer\": \"/limit\", \"detail\": \"is wrong\"}]}"));
        assertThat(trial().run("runs", "list").err()).isEqualTo("skill-runner: REQUEST_INVALID: /limit: is wrong\n");
    }

    @Test
    void half_an_artifact_is_not_left_behind() throws Exception {
        run.leaves("artifacts/report.md", "x");
        trial().run("run", "demo", "--input", "text=x", "--json");
        server.answer(
                "GET " + ServedRun.JOB + "/artifacts",
                Reply.json("{\"request_id\": \"x\", \"artifacts\":"
                        + " [\"artifacts/report.md\"], \"truncated\": false, \"passed_over\": 0}"));
        server.answer(
                "GET " + ServedRun.JOB + "/artifacts/artifacts/report.md",
                Reply.problem(404, "ARTIFACT_NOT_FOUND", "gone"));
        CommandTrial.Ended ended = trial().run("run", "demo", "--input", "text=x", "--out", "out");
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).contains("skill-runner: ARTIFACT_NOT_FOUND: gone");
        assertThat(here.resolve("out")).isEmptyDirectory();
    }

    @Test
    void ctrl_c_without_a_terminal_leaves_the_run_alone() throws Exception {
        run.ends("running");
        CommandTrial trial = trial();
        CompletableFuture<CommandTrial.Ended> ended =
                CompletableFuture.supplyAsync(() -> trial.run("run", "demo", "--input", "text=x"));
        await().until(() -> trial.messages().contains("-- running"));
        trial.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS).code()).isEqualTo(130);
        assertThat(ended.get().err()).contains("The run goes on. skill-runner runs watch " + ServedRun.ID);
        assertThat(server.bodies("POST " + ServedRun.RUN + "/cancel")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"l, 130, 0", "c, 3, 1"})
    void ctrl_c_at_a_terminal_asks_whether_to_cancel_or_to_leave(String typed, int code, int cancels) throws Exception {
        run.ends("running");
        CommandTrial trial = trial().atTerminal();
        CompletableFuture<CommandTrial.Ended> ended =
                CompletableFuture.supplyAsync(() -> trial.run("run", "demo", "--input", "text=x"));
        await().until(() -> trial.messages().contains("-- running"));
        trial.interrupt();
        await().until(() -> trial.messages().contains("Cancel the run (c)"));
        trial.type(typed);
        assertThat(ended.get(30, TimeUnit.SECONDS).code()).isEqualTo(code);
        assertThat(server.bodies("POST " + ServedRun.RUN + "/cancel")).hasSize(cancels);
    }

    @Test
    void after_ctrl_c_and_enter_the_run_is_watched_on_and_a_second_ctrl_c_ends_at_once() throws Exception {
        run.ends("running");
        CommandTrial trial = trial().atTerminal();
        CompletableFuture<CommandTrial.Ended> ended =
                CompletableFuture.supplyAsync(() -> trial.run("run", "demo", "--input", "text=x"));
        await().until(() -> trial.messages().contains("-- running"));
        trial.interrupt();
        await().until(() -> trial.messages().contains("Cancel the run (c)"));
        trial.interrupt();
        assertThat(trial.lastWords()).singleElement().asString().contains("runs watch " + ServedRun.ID);
        trial.type("");
        run.ends("succeeded");
        assertThat(ended.get(30, TimeUnit.SECONDS).code()).isZero();
    }

    @Test
    void once_nobody_reads_the_command_ends_quietly_and_leaves_the_run_alone() throws Exception {
        run.tells(ServedRun.said(1, "one"), ServedRun.said(2, "two"));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CommandTrial.Ended ended = trial().writingTo(closed).run("run", "demo", "--input", "text=x", "--follow");
        assertThat(ended.code()).isEqualTo(141);
        assertThat(ended.err()).doesNotContain("skill-runner:");
        assertThat(server.bodies("POST " + ServedRun.RUN + "/cancel")).isEmpty();
    }

    @Test
    void a_refusal_is_one_line_with_its_code_and_6() throws Exception {
        server.answer(
                "POST /v1/jobs",
                new Reply(
                        400,
                        "application/problem+json",
                        "{\"type\": \"/problems/x\", \"title\": \"t\", \"status\": 400, \"detail\": \"not valid\","
                                + " \"instance\": \"/\", \"code\": \"REQUEST_INVALID\","
                                + " \"errors\": [{\"pointer\": \"/input/text\", \"detail\": \"is missing\"}]}"));
        CommandTrial.Ended ended = trial().run("run", "demo");
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.err()).isEqualTo("skill-runner: REQUEST_INVALID: not valid; /input/text: is missing\n");
    }

    @Test
    void a_wrong_password_ends_with_5() throws Exception {
        server.answer("GET /openapi.yaml", Reply.problem(401, "UNAUTHENTICATED", "who are you"));
        CommandTrial.Ended ended = trial().run("run", "demo");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: UNAUTHENTICATED: ").contains("SKILL_RUNNER_USERNAME");
    }

    @Test
    void a_server_that_is_not_there_ends_with_5() throws Exception {
        CommandTrial.Ended ended = new CommandTrial("http://127.0.0.1:1", here).run("run", "demo");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err().lines().toList()).hasSize(1);
        assertThat(ended.err()).startsWith("skill-runner: SERVER_UNREACHABLE: ").contains("http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.0.0", "0.2.0", "1.0.0"})
    void a_server_of_another_version_is_said(String version) throws Exception {
        server.answer("GET /openapi.yaml", new Reply(200, "application/yaml", ScriptedServer.document(version)));
        CommandTrial.Ended ended = trial().run("run", "demo");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: VERSION_UNKNOWN: ").contains(version);
    }

    @Test
    void what_is_no_skill_runner_is_said() throws Exception {
        server.answer("GET /openapi.yaml", new Reply(200, "text/html", "<h1>Router</h1>"));
        CommandTrial.Ended ended = trial().run("run", "demo");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: NO_SKILL_RUNNER: ");
    }

    private CommandTrial trial() throws IOException {
        return new CommandTrial(server, here);
    }
}
