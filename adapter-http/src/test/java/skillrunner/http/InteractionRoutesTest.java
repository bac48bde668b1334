package skillrunner.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.testkit.run.ScriptedAgentProcesses;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

@Tag("one-jdk")
class InteractionRoutesTest extends HttpTestBed {
    private static final String PENDING = "/v1/jobs/ID/interaction/pending";
    private static final String REPLY = "/v1/jobs/ID/interaction/reply";
    private static final String MANAGED = "/v1/management/runs/ID";
    private static final String MANAGED_PENDING = MANAGED + "/pending";
    private static final String MANAGED_REPLY = MANAGED + "/reply";

    InteractionRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    /** {@code ID} stands for the request of the test. */
    private HttpResponse<String> look(String path) throws Exception {
        return get(path.replace("ID", REQUEST.value()));
    }

    private HttpResponse<String> reply(String path, String body) throws Exception {
        return post(path.replace("ID", REQUEST.value()), body);
    }

    private void asking() {
        core.skills.install(
                aSkill().inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE).build());
        core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("execution_mode", "interactive"), false));
    }

    private void waiting() {
        asking();
        start().prints("session s-1")
                .answers("{\"ask_user\": {\"kind\": \"choose_one\", \"prompt\": \"<b>Which?</b>\", "
                        + "\"options\": [{\"label\": \"Go on\", \"value\": \"continue\"}], "
                        + "\"ui_hints\": {\"widget\": \"radio\"}}}");
        await().atMost(PATIENCE).until(() -> core.runs.find(RUN).orElseThrow().status() == RunStatus.WAITING_USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {PENDING, PENDING + "?wait_seconds=1", MANAGED_PENDING})
    void a_question_is_told_with_everything_the_agent_said(String path) throws Exception {
        waiting();

        JsonNode answer = json(look(path).body());

        assertThat(answer.get("status").stringValue()).isEqualTo("waiting_user");
        JsonNode pending = answer.get("pending");
        assertThat(pending.get("interaction_id").intValue()).isEqualTo(1);
        assertThat(pending.get("kind").stringValue()).isEqualTo("choose_one");
        assertThat(pending.get("prompt").stringValue()).isEqualTo("<b>Which?</b>");
        assertThat(pending.get("options").toString()).isEqualTo("[{\"label\":\"Go on\",\"value\":\"continue\"}]");
        assertThat(pending.get("ui_hints").toString()).isEqualTo("{\"widget\":\"radio\"}");
        assertThat(pending.get("default_decision_policy").stringValue()).isEqualTo("engine_judgement");
        assertThat(pending.get("deadline").isNull()).isTrue();
    }

    @Test
    void the_result_of_a_run_that_waits_says_so_until_it_works_again() throws Exception {
        asking();
        assertThat(look("/v1/jobs/ID/result").statusCode()).isEqualTo(404);
        start().prints("session s-1").answers("{\"ask_user\": {\"prompt\": \"Which?\"}}");
        await().atMost(PATIENCE).until(() -> core.runs.find(RUN).orElseThrow().status() == RunStatus.WAITING_USER);

        HttpResponse<String> waits = look("/v1/jobs/ID/result");
        assertThat(waits.statusCode()).isEqualTo(200);
        assertThat(json(waits.body()).get("result").get("status").stringValue()).isEqualTo("waiting_user");
        RunResult stored = core.workspaces.result(RUN).orElseThrow();
        assertThat(stored.data()).isEmpty();
        assertThat(stored.receipt()).isPresent();
        assertThat(stored.interactiveProfile()).isPresent();
        assertThat(stored.pending().orElseThrow().question().prompt()).isEqualTo("Which?");

        assertThat(reply(REPLY, "{\"interaction_id\": 1, \"response\": \"this\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(look("/v1/jobs/ID/result").statusCode()).isEqualTo(404);
    }

    private static final String HOSTILE = "{\"ask_user\": {\"kind\": \"risk_ack\", \"prompt\": \"**Command** `ls`\", "
            + "\"options\": [{\"label\": \"Refuse\", \"value\": true}], "
            + "\"context\": {\"command\": \"ls /harmless\", \"directory\": \"/somewhere/else\", "
            + "\"subject\": {\"command\": \"ls\"}}, "
            + "\"command\": \"ls\", \"subject\": {\"command\": \"ls\", \"directory\": \"/\"}}}";

    private void asksAboutADanger(String... told) {
        asking();
        ScriptedAgentProcesses.ScriptedProcess process = start().prints("session s-1");
        for (String line : told) {
            process = process.prints(line);
        }
        process.answers(HOSTILE);
        await().atMost(PATIENCE).until(() -> core.runs.find(RUN).orElseThrow().status() == RunStatus.WAITING_USER);
    }

    @Test
    void the_list_of_runs_says_how_often_each_has_asked() throws Exception {
        waiting();

        assertThat(get("/ui/runs").body()).containsPattern("data-label=\"Questions\">1</td>");
    }

    @Test
    void a_danger_is_told_with_what_the_engine_held_back_and_never_with_what_its_agent_says_of_it() throws Exception {
        asksAboutADanger("tries rm -rf \u202E/srv\u200B");
        String directory = core.workspaces.attemptFiles(RUN, 1).workspace();

        JsonNode subject = json(look(PENDING).body()).get("pending").get("subject");

        assertThat(subject.get("command").stringValue()).isEqualTo("rm -rf \u202E/srv\u200B");
        assertThat(subject.get("directory").stringValue()).isEqualTo(directory);
        String form = form(look("/ui/runs/ID").body());
        String known = form.substring(form.indexOf("<dl"), form.indexOf("</dl>"));
        assertThat(known)
                .contains("rm -rf \u27E8U+202E\u27E9/srv\u27E8U+200B\u27E9", directory)
                .doesNotContain("harmless", "/somewhere/else");
        assertThat(form.indexOf("</dl>")).isLessThan(form.indexOf("question-words"));
        assertThat(form).contains("value=\"false\"", "value=\"true\"");
        assertThat(form.split("name=\"json\"", -1)).hasSize(3);
        assertThat(form.indexOf("value=\"false\"")).isLessThan(form.indexOf("value=\"true\""));
    }

    @Test
    void a_danger_of_which_the_engine_told_nothing_is_said_to_be_unknown() throws Exception {
        asksAboutADanger();

        assertThat(json(look(PENDING).body())
                        .get("pending")
                        .get("subject")
                        .get("command")
                        .isNull())
                .isTrue();
        String form = form(look("/ui/runs/ID").body());
        assertThat(form.substring(form.indexOf("<dl"), form.indexOf("</dl>")))
                .contains("told of no command")
                .doesNotContain("ls");
    }

    private static String form(String page) {
        int from = page.indexOf("id=\"question\"");
        return page.substring(from, page.indexOf("</section>", from));
    }

    @Test
    void while_nothing_is_asked_there_is_no_question() throws Exception {
        asking();

        JsonNode answer = json(look(PENDING).body());

        assertThat(answer.get("status").stringValue()).isEqualTo("queued");
        assertThat(answer.get("pending").isNull()).isTrue();
    }

    @Test
    void whoever_waits_is_told_when_the_question_comes() throws Exception {
        asking();
        core.processes.onLaunch(process -> process.prints("session s-1").answers("Which?"));
        core.server().dispatcher.start();

        JsonNode answer = json(look(PENDING + "?wait_seconds=55").body());

        assertThat(answer.get("pending").get("prompt").stringValue()).isEqualTo("Which?");
    }

    @Test
    void those_who_wait_hold_nobody_up_and_are_all_told_the_end() throws Exception {
        asking();
        HttpRequest poll = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + api.port() + PENDING.replace("ID", REQUEST.value()) + "?wait_seconds=55"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> polls = Stream.generate(
                        () -> client.sendAsync(poll, HttpResponse.BodyHandlers.ofString()))
                .limit(300)
                .toList();

        await().atMost(PATIENCE).until(() -> events.openLongPolls() == 300);
        assertThat(get(JOB).statusCode()).isEqualTo(200);
        core.server().cancelRun.cancel(REQUEST);

        assertThat(polls).allSatisfy(answer -> assertThat(
                        json(answer.get().body()).get("status").stringValue())
                .isEqualTo("canceled"));
        await().atMost(PATIENCE).until(() -> events.openLongPolls() == 0);
    }

    @Test
    void who_waits_for_a_run_that_is_removed_is_told_that_it_is_gone() throws Exception {
        asking();
        CompletableFuture<HttpResponse<String>> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return look(MANAGED_PENDING + "?wait_seconds=55");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        await().atMost(PATIENCE).until(() -> events.openLongPolls() == 1);

        core.runs.remove(RUN);
        core.server().signals.wake(RUN);

        assertThat(poll.get().statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"56", "-1", "1.5", "x", "999999999999", "", "+"})
    void nobody_waits_longer_than_is_allowed(String seconds) throws Exception {
        asking();

        HttpResponse<String> answer = look(PENDING + "?wait_seconds=" + seconds);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/wait_seconds");
    }

    @Test
    void status_list_and_detail_name_the_question() throws Exception {
        waiting();

        assertThat(json(get(JOB).body()).get("pending_interaction_id").intValue())
                .isEqualTo(1);
        assertThat(json(get(JOB).body()).get("interaction_count").intValue()).isEqualTo(1);
        assertThat(json(look(MANAGED).body()).get("pending_interaction_id").intValue())
                .isEqualTo(1);
        assertThat(json(get("/v1/management/runs").body())
                        .get("runs")
                        .get(0)
                        .get("pending_interaction_id")
                        .intValue())
                .isEqualTo(1);
        assertThat(get(JOB + "/events").body()).contains("\"pending_interaction_id\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {REPLY, MANAGED_REPLY})
    void an_answer_is_taken_once_and_a_later_one_is_told_the_decision(String path) throws Exception {
        waiting();
        core.server().dispatcher.stop();

        HttpResponse<String> first = reply(path, "{\"interaction_id\": 1, \"response\": {\"ok\": 1.50}}");
        HttpResponse<String> second = reply(path, "{\"interaction_id\": 1, \"response\": null}");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first.body()).get("status").stringValue()).isEqualTo("queued");
        assertThat(json(first.body()).get("accepted").booleanValue()).isTrue();
        assertThat(second.statusCode()).isEqualTo(409);
        JsonNode problem = json(second.body());
        assertThat(problem.get("code").stringValue()).isEqualTo("INTERACTION_DECIDED");
        assertThat(problem.get("decision").get("interaction_id").intValue()).isEqualTo(1);
        assertThat(problem.get("decision").get("response").get("ok").doubleValue())
                .isEqualTo(1.5);
        assertThat(problem.get("decision").get("decided_by").stringValue()).isEqualTo("user_reply");
        assertThat(problem.get("decision").get("decided_at").stringValue()).endsWith("Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"interaction_id\": 1}                                          | 400 | /response",
                "{\"response\": \"x\"}                                            | 400 | /interaction_id",
                "{\"interaction_id\": 0, \"response\": \"x\"}                     | 400 | /interaction_id",
                "{\"interaction_id\": \"1\", \"response\": \"x\"}                 | 400 | /interaction_id",
                "{\"interaction_id\": 1.5, \"response\": \"x\"}                   | 400 | /interaction_id",
                "{\"interaction_id\": 99999999999, \"response\": \"x\"}           | 400 | /interaction_id",
                "{\"interaction_id\": 1, \"response\": \" \"}                     | 400 | /response",
                "{\"interaction_id\": 1, \"response\": 1, \"idempotency_key\": \"\"} | 400 | /idempotency_key",
                "{\"interaction_id\": 1, \"response\": 1, \"kind\": \"x\"}         | 400 | /kind",
                "[]                                                             | 400 | REQUEST_INVALID",
                "{                                                              | 400 | REQUEST_INVALID",
                "{\"interaction_id\": 2, \"response\": \"x\"}                     | 409 | INTERACTION_NOT_PENDING",
            })
    void what_is_no_answer_to_the_question_is_refused_and_changes_nothing(String body, int status, String names)
            throws Exception {
        waiting();

        HttpResponse<String> answer = reply(REPLY, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(names);
        assertThat(core.runs.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.WAITING_USER);
    }

    @Test
    void lines_of_an_answer_that_a_form_sends_end_as_lines_do() throws Exception {
        waiting();
        core.server().dispatcher.stop();

        HttpResponse<String> answer = send(
                "POST",
                "/ui/runs/" + REQUEST + "/reply",
                "interaction_id=1&text=one%0D%0Atwo%0D%0A%0D%0Athree",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                "http://127.0.0.1:" + api.port());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(json(reply(REPLY, "{\"interaction_id\": 1, \"response\": 1}").body())
                        .get("decision")
                        .get("response")
                        .stringValue())
                .isEqualTo("one\ntwo\n\nthree");
    }

    @Test
    void a_run_that_asks_nothing_and_an_unknown_one_are_told_apart() throws Exception {
        queued();

        assertThat(json(look(PENDING).body()).get("code").stringValue()).isEqualTo("RUN_NOT_INTERACTIVE");
        assertThat(reply(REPLY, "{\"interaction_id\": 1, \"response\": 1}").statusCode())
                .isEqualTo(400);
        assertThat(get("/v1/jobs/00000000-0000-4000-8000-00000000dead/interaction/pending")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/v1/temp-skill-runs/" + REQUEST + "/interaction/pending")
                        .statusCode())
                .isEqualTo(404);
    }
}
