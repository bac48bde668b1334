package skillrunner.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.mcp.session.Answer;
import skillrunner.mcp.session.SessionSettings;
import skillrunner.testkit.run.CoreOnFakes;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** The whole adapter on the whole core, with everything outside of both in memory. */
class McpEndpointTest {
    private static final Map<String, Object> NO_CACHE = Map.of("no_cache", true);

    private final CoreOnFakes core = new CoreOnFakes();
    private final Talk talk = new Talk(core);

    @BeforeEach
    void begin() {
        core.skills.install(aSkill("demo")
                .takingInline("n", "integer")
                .takingFile("paper", false)
                .inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE)
                .build());
        core.server().dispatcher.start();
        talk.greet(Map.of());
    }

    // who is there

    @Test
    void a_greeting_is_answered_with_what_there_is() {
        JsonNode result = talk.another().greet(Map.of()).get("result");

        assertThat(result.at("/serverInfo/name").stringValue()).isEqualTo("skill-runner");
        assertThat(result.at("/serverInfo/version").stringValue()).isEqualTo("1.2.3");
        assertThat(result.get("protocolVersion").stringValue()).isEqualTo("2025-11-25");
        assertThat(result.at("/capabilities/tools/listChanged").booleanValue()).isTrue();
        assertThat(result.at("/capabilities/resources").isMissingNode()).isFalse();
    }

    @Test
    void a_client_of_an_unknown_version_is_offered_the_newest() {
        Answer.Whole answer = (Answer.Whole) talk.another()
                .post(Talk.message(
                        1,
                        "initialize",
                        Map.of(
                                "protocolVersion",
                                "1999-01-01",
                                "capabilities",
                                Map.of(),
                                "clientInfo",
                                Map.of("name", "x", "version", "1"))));

        assertThat(Talk.JSON
                        .readTree(answer.json())
                        .at("/result/protocolVersion")
                        .stringValue())
                .isEqualTo("2025-11-25");
    }

    @Test
    void who_is_not_known_has_to_greet_again() {
        assertThat(status(talk.send("GET", Map.of("Mcp-Session-Id", "gone")))).isEqualTo(404);
        assertThat(status(talk.send("GET", Map.of("Mcp-Session-Id", "")))).isEqualTo(400);
        assertThat(status(talk.send("GET", Map.of("MCP-Protocol-Version", "1999-01-01"))))
                .isEqualTo(400);
        assertThat(status(talk.send("GET", Map.of("Accept", "text/html")))).isEqualTo(406);
        assertThat(status(talk.send("DELETE", Map.of()))).isEqualTo(204);
        assertThat(status(talk.send("DELETE", Map.of()))).isEqualTo(404);
    }

    @Test
    void of_a_thousand_clients_that_left_the_oldest_are_forgotten() {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Talk other = talk.another();
            other.greet(Map.of());
            sessions.add(other.session());
        }

        assertThat(sessions).doesNotContain("").doesNotHaveDuplicates();
        long alive = sessions.stream()
                .filter(id -> !(talk.send("DELETE", Map.of("Mcp-Session-Id", id)) instanceof Answer.Whole whole
                        && whole.status() == 404))
                .count();
        assertThat(alive).isEqualTo(4);
    }

    @Test
    void who_is_busy_is_not_forgotten_for_others() {
        Talk small = new Talk(core, new SessionSettings(1, Duration.ofMinutes(30), 1 << 20));
        small.greet(Map.of());
        Talk.Told listening = small.listen(Optional.empty());
        Talk late = small.another();
        Answer.Whole refused = (Answer.Whole) late.post(Talk.message(
                1,
                "initialize",
                Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "x", "version", "1"))));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsKey("Retry-After");
        listening.feed.close();
        assertThat(late.greet(Map.of()).get("result")).isNotNull();
        assertThat(status(small.send("DELETE", Map.of()))).isEqualTo(404);
    }

    @Test
    void who_is_silent_for_long_is_forgotten() {
        Talk brief = new Talk(core, new SessionSettings(4, Duration.ofNanos(1), 1 << 20));
        brief.greet(Map.of());

        core.server().tasks().runDelayed();

        assertThat(status(brief.send("DELETE", Map.of()))).isEqualTo(404);
    }

    // messages

    @Test
    void what_is_no_message_is_refused_by_the_book() {
        assertThat(code(talk.post("{"))).isEqualTo(-32_700);
        assertThat(code(talk.post("{\"a\": 1, \"a\": 2}"))).isEqualTo(-32_700);
        assertThat(code(talk.post("[".repeat(100_000)))).isEqualTo(-32_700);
        assertThat(code(talk.post("{\"id\": 1e2147483648}"))).isEqualTo(-32_700);
        assertThat(code(talk.post("[]"))).isEqualTo(-32_600);
        assertThat(code(talk.post("{}"))).isEqualTo(-32_600);
        assertThat(code(talk.post(Map.of("jsonrpc", "2.0", "id", Map.of(), "method", "ping"))))
                .isEqualTo(-32_600);
        assertThat(code(talk.post(Map.of("jsonrpc", "2.0", "id", 1, "method", "ping", "params", List.of()))))
                .isEqualTo(-32_600);
        assertThat(code(talk.post(Map.of("jsonrpc", "2.0", "id", 1, "result", Map.of()))))
                .isEqualTo(-32_600);
        for (String id : List.of("1.5", "1e400", "99999999999999999999", "true", "\"" + "x".repeat(301) + "\"")) {
            assertThat(code(talk.post("{\"jsonrpc\": \"2.0\", \"id\": " + id + ", \"method\": \"ping\"}")))
                    .as(id)
                    .isEqualTo(-32_600);
            assertThat(code(talk.post("{\"jsonrpc\": \"2.0\", \"id\": " + id + ", \"result\": {}}")))
                    .as(id)
                    .isEqualTo(-32_600);
        }
        assertThat(talk.ask(1, "no/such", Map.of()).at("/error/code").intValue())
                .isEqualTo(-32_601);
        assertThat(talk.ask(2, "tools/call", Map.of("name", "no_such"))
                        .at("/error/code")
                        .intValue())
                .isEqualTo(-32_602);
        assertThat(talk.ask(3, "tools/call", Map.of("name", "demo", "arguments", "x"))
                        .at("/error/code")
                        .intValue())
                .isEqualTo(-32_602);
        assertThat(talk.ask(4, "ping", Map.of()).get("result").isObject()).isTrue();
        assertThat(status(talk.post(Talk.note("notifications/initialized", Map.of()))))
                .isEqualTo(202);
        assertThat(status(talk.post(Talk.note("notifications/of/tomorrow", Map.of()))))
                .isEqualTo(202);
    }

    // tools

    @Test
    void every_skill_is_a_tool_beside_those_for_runs() {
        core.skills.install(aSkill("demo.v2").build());

        JsonNode tools = talk.ask(1, "tools/list", Map.of()).at("/result/tools");

        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.get("name").stringValue()));
        assertThat(names)
                .contains("demo", "skill_runner_run_status", "skill_runner_run_result", "skill_runner_run_reply");
        assertThat(names).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(names).anyMatch(name -> name.startsWith("demo_v2_"));
        JsonNode demo = tools.get(names.indexOf("demo"));
        assertThat(demo.at("/inputSchema/properties/input/properties/n/type").stringValue())
                .isEqualTo("integer");
        assertThat(demo.at("/inputSchema/properties/input/properties/paper/type")
                        .stringValue())
                .isEqualTo("object");
        assertThat(demo.at("/inputSchema/required/0").stringValue()).isEqualTo("input");
        assertThat(demo.at("/inputSchema/properties/engine/enum").toString()).isEqualTo("[\"codex\"]");
        assertThat(demo.at("/outputSchema/type").stringValue()).isEqualTo("object");
    }

    @Test
    void who_listens_hears_of_skills_that_come_and_go() {
        Talk.Told listening = talk.listen(Optional.empty());
        core.skills.install(aSkill("another").build());
        core.server().tasks().runDelayed();
        assertThat(listening.read())
                .extracting(message -> message.get("method").stringValue())
                .containsExactly("notifications/tools/list_changed");

        core.server().tasks().runDelayed();
        assertThat(listening.read()).isEmpty();
        core.skills.remove(new SkillId("another"));
        core.server().tasks().runDelayed();
        assertThat(listening.read()).hasSize(1);
        assertThat(listening.wakeUps).isPositive();
    }

    // a call

    @Test
    void a_call_runs_the_skill_and_answers_what_it_came_to() {
        core.processes.onLaunch(process -> process.answers("{\"found\": 5}"));
        Talk.Told told = call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        assertThat(told.read()).isEmpty();

        core.server().tasks().runAll();

        JsonNode result = told.result();
        assertThat(result.path("isError").asBoolean(false)).isFalse();
        assertThat(result.at("/structuredContent/status").stringValue()).isEqualTo("succeeded");
        assertThat(result.at("/structuredContent/data/found").intValue()).isEqualTo(5);
        assertThat(result.at("/content/0/text").stringValue()).isEqualTo("{\"found\":5}");
        assertThat(told.feed.finished()).isTrue();
    }

    @Test
    void progress_is_told_to_whoever_asked_for_it_with_the_request() {
        core.processes.onLaunch(process -> process.answers("{\"found\": 5}"));
        Talk.Told told =
                call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of("progressToken", "p"));
        core.server().tasks().runAll();

        List<JsonNode> news = told.read();
        JsonNode first = news.get(0);
        assertThat(first.get("method").stringValue()).isEqualTo("notifications/progress");
        assertThat(first.at("/params/progressToken").stringValue()).isEqualTo("p");
        assertThat(first.at("/params/progress").isNumber()).isTrue();
        assertThat(first.at("/params/_meta/dev.skillrunner~1request_id").stringValue())
                .hasSize(36);
    }

    @Test
    void a_failure_has_its_code_and_a_sentence() {
        core.processes.onLaunch(process -> process.exits(3));
        Talk.Told told = call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        core.server().tasks().runAll();

        JsonNode result = told.result();
        assertThat(result.get("isError").booleanValue()).isTrue();
        assertThat(result.at("/structuredContent/status").stringValue()).isEqualTo("failed");
        assertThat(result.at("/structuredContent/error/code").stringValue()).isNotBlank();
        assertThat(result.at("/content/0/text").stringValue())
                .startsWith(result.at("/structuredContent/error/code").stringValue() + ": ");
    }

    @Test
    void wrong_arguments_are_named_one_by_one_and_nothing_is_started() {
        JsonNode result = talk.called(
                "demo",
                Map.of("input", Map.of("n", 1, "paper", "as text"), "engin", "codex", "model", 7, "wait_seconds", -1));

        assertThat(result.get("isError").booleanValue()).isTrue();
        assertThat(result.at("/structuredContent/error/code").stringValue()).isEqualTo("REQUEST_INVALID");
        List<String> places = new ArrayList<>();
        result.at("/structuredContent/error/findings")
                .forEach(finding -> places.add(finding.get("pointer").stringValue()));
        assertThat(places).containsExactlyInAnyOrder("/engin", "/input/paper", "/model", "/wait_seconds");
        assertThat(core.runs.inStatus(RunStatus.QUEUED)).isEmpty();
    }

    @Test
    void what_is_wrong_is_said_once() {
        JsonNode one = talk.called("skill_runner_run_list", Map.of("limit", 0));
        assertThat(one.at("/content/0/text").stringValue()).containsOnlyOnce("must be a whole number");
        JsonNode two = talk.called(
                "skill_runner_run_reply",
                Map.of("request_id", "00000000-0000-4000-8000-000000000000", "interaction_id", "1", "response", 1));
        assertThat(two.at("/structuredContent/error/findings")).hasSize(1);
    }

    @Test
    void a_number_without_a_fraction_is_whole_however_it_is_written() {
        Answer answer = talk.post(
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"skill_runner_run_list\","
                        + " \"arguments\": {\"limit\": 5.0}}}");
        assertThat(Talk.JSON
                        .readTree(((Answer.Whole) answer).json())
                        .at("/result/structuredContent/runs")
                        .isArray())
                .isTrue();
        assertThat(talk.called("skill_runner_run_list", Map.of("limit", 5.5)).at("/structuredContent/error/code"))
                .hasToString("\"REQUEST_INVALID\"");
    }

    @Test
    void the_checks_are_those_of_every_job() {
        assertThat(error(Map.of("input", Map.of("n", "five")))).isEqualTo("REQUEST_INVALID");
        assertThat(error(Map.of())).isEqualTo("REQUEST_INVALID");
        assertThat(error(Map.of("input", Map.of("n", 1, "other", 1)))).isEqualTo("REQUEST_INVALID");
        assertThat(error(Map.of("input", Map.of("n", 1), "engine", "nobody"))).isEqualTo("REQUEST_INVALID");
        assertThat(error(Map.of("input", Map.of("n", 1), "runtime_options", Map.of("faster", true))))
                .isEqualTo("REQUEST_INVALID");
        assertThat(error(Map.of("input", Map.of("n", 1, "paper", Map.of("text", "a\u0000b")))))
                .isEqualTo("REQUEST_INVALID");
    }

    @Test
    void a_call_with_a_key_is_made_once() {
        core.processes.onLaunch(process -> process.answers("{\"found\": 5}"));
        Map<String, Object> arguments = Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE);
        Map<String, Object> key = Map.of("dev.skillrunner/idempotency_key", "k-1");
        Talk.Told first = call(1, arguments, key);
        Talk.Told again = call(2, arguments, key);
        core.server().tasks().runAll();

        assertThat(again.result().at("/structuredContent/run_id"))
                .isEqualTo(first.result().at("/structuredContent/run_id"));
        assertThat(core.processes.launches()).hasSize(1);
        JsonNode other = talk.ask(
                3, "tools/call", Map.of("name", "demo", "arguments", Map.of("input", Map.of("n", 6)), "_meta", key));
        assertThat(other.at("/result/structuredContent/error/code").stringValue())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void no_other_address_is_followed() {
        for (String uri : List.of(
                "file:///etc/passwd",
                "http://127.0.0.1/",
                "data:text/plain,plain",
                "skill-runner://runs/nobody/artifacts/a",
                "skill-runner://runs/00000000-0000-4000-8000-000000000000/artifacts/..%2f..%2fetc")) {
            JsonNode result = talk.called("demo", withPaper(Map.of("uri", uri)));
            assertThat(result.at("/structuredContent/error/findings/0/pointer").stringValue())
                    .as(uri)
                    .isEqualTo("/input/paper/uri");
        }
    }

    // a call and its end

    @Test
    void a_call_that_is_taken_back_cancels_its_run_and_is_not_answered() {
        core.processes.onLaunch(process -> talk.post(Talk.note("notifications/cancelled", Map.of("requestId", 9))));
        Talk.Told told = call(9, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        core.server().tasks().runAll();

        assertThat(told.read()).isEmpty();
        assertThat(told.feed.finished()).isTrue();
        assertThat(core.runs.inStatus(RunStatus.CANCELED)).hasSize(1);
    }

    @Test
    void a_client_that_leaves_leaves_its_run() {
        core.processes.onLaunch(process -> {
            assertThat(status(talk.send("DELETE", Map.of()))).isEqualTo(204);
            process.answers("{\"found\": 5}");
        });
        Talk.Told told = call(9, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        core.server().tasks().runAll();

        assertThat(told.read()).isEmpty();
        assertThat(core.runs.inStatus(RunStatus.SUCCEEDED)).hasSize(1);
    }

    @Test
    void a_call_that_waits_no_longer_is_picked_up_again() {
        List<JsonNode> told = new ArrayList<>();
        Talk.Told[] calls = new Talk.Told[2];
        core.processes.onLaunch(process -> {
            // The look of the call is what waits to be done.
            core.server().tasks().runNext();
            JsonNode first = calls[0].result();
            String request = first.at("/structuredContent/request_id").stringValue();
            told.add(first);
            told.add(talk.called("skill_runner_run_status", Map.of("request_id", request)));
            told.add(talk.called("skill_runner_run_list", Map.of()));
            calls[1] = talk.call(2, "skill_runner_run_result", Map.of("request_id", request), Map.of());
            process.answers("{\"found\": 5}");
        });
        calls[0] = call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE, "wait_seconds", 0), Map.of());
        core.server().tasks().runAll();

        assertThat(told.get(0).path("isError").asBoolean(false)).isFalse();
        assertThat(told.get(0).at("/structuredContent/status").stringValue()).isEqualTo("running");
        assertThat(told.get(1).at("/structuredContent/status").stringValue()).isEqualTo("running");
        assertThat(told.get(2).at("/structuredContent/runs/0/request_id"))
                .isEqualTo(told.get(0).at("/structuredContent/request_id"));
        assertThat(calls[1].result().at("/structuredContent/data/found").intValue())
                .isEqualTo(5);
    }

    @Test
    void a_run_is_canceled_by_its_own_tool() {
        List<JsonNode> canceled = new ArrayList<>();
        core.processes.onLaunch(process -> canceled.add(talk.called(
                "skill_runner_run_cancel",
                Map.of(
                        "request_id",
                        core.runs.inStatus(RunStatus.RUNNING).get(0).requestId().value()))));
        Talk.Told told = call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        core.server().tasks().runAll();

        assertThat(canceled.get(0).at("/structuredContent/accepted").booleanValue())
                .isTrue();
        JsonNode result = told.result();
        assertThat(result.get("isError").booleanValue()).isTrue();
        assertThat(result.at("/structuredContent/status").stringValue()).isEqualTo("canceled");
    }

    @Test
    void what_a_broken_connection_missed_is_told_to_whoever_comes_back() {
        core.processes.onLaunch(process -> process.answers("{\"found\": 5}"));
        Talk.Told told =
                call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of("progressToken", 1));
        assertThat(told.read()).hasSize(1);
        told.feed.close();
        core.server().tasks().runAll();

        JsonNode result = talk.listen(Optional.of(told.last())).result();

        assertThat(result.at("/structuredContent/status").stringValue()).isEqualTo("succeeded");
        assertThat(status(talk.send("GET", Map.of("Last-Event-ID", "99-1")))).isEqualTo(400);
    }

    // questions

    @Test
    void a_question_is_shown_as_a_form_to_who_can_show_one() {
        Talk person = talk.another();
        person.greet(Map.of("elicitation", Map.of()));
        core.processes.onLaunch(process -> process.prints("session session-1").answers("Which number?"));
        Talk.Told told = person.call(
                1,
                "demo",
                Map.of("input", Map.of("n", 5), "runtime_options", Map.of("execution_mode", "interactive")),
                Map.of());
        core.server().tasks().runAll();
        List<JsonNode> said = told.read();
        assertThat(said).as(said.toString()).hasSize(1);
        JsonNode form = said.get(0);
        assertThat(form.has("method")).as(form.toString()).isTrue();
        assertThat(form.get("method").stringValue()).isEqualTo("elicitation/create");
        assertThat(form.at("/params/message").stringValue()).isEqualTo("Which number?");
        assertThat(form.at("/params/requestedSchema/properties/answer/type").stringValue())
                .isEqualTo("string");

        core.processes.onLaunch(
                process -> process.prints("session session-1").answers("{\"__SKILL_DONE__\": true, \"found\": 7}"));
        Map<String, Object> answer = new HashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", form.get("id").stringValue());
        answer.put("result", Map.of("action", "accept", "content", Map.of("answer", "seven")));
        assertThat(status(person.post(answer))).isEqualTo(202);
        core.server().tasks().runAll();

        JsonNode result = told.result();
        assertThat(result.at("/structuredContent/data/found").intValue())
                .as(result.toString())
                .isEqualTo(7);
    }

    @Test
    void a_question_that_is_put_aside_waits_for_its_answer() {
        Talk person = talk.another();
        person.greet(Map.of("elicitation", Map.of()));
        core.processes.onLaunch(process -> process.prints("session session-1").answers("Which number?"));
        Talk.Told told = person.call(
                1,
                "demo",
                Map.of("input", Map.of("n", 5), "runtime_options", Map.of("execution_mode", "interactive")),
                Map.of());
        core.server().tasks().runAll();
        person.post(Map.of(
                "jsonrpc",
                "2.0",
                "id",
                told.read().get(0).get("id").stringValue(),
                "result",
                Map.of("action", "decline")));
        core.server().tasks().runAll();

        assertThat(told.result().at("/structuredContent/status").stringValue()).isEqualTo("waiting_user");
    }

    @Test
    void a_question_that_is_answered_elsewhere_while_its_form_is_open_is_decided_there() {
        Talk person = talk.another();
        person.greet(Map.of("elicitation", Map.of()));
        core.processes.onLaunch(process -> process.prints("session session-1").answers("Which number?"));
        Talk.Told told = person.call(
                1,
                "demo",
                Map.of("input", Map.of("n", 5), "runtime_options", Map.of("execution_mode", "interactive")),
                Map.of());
        core.server().tasks().runAll();
        JsonNode first = told.read().get(0);
        String request = talk.called("skill_runner_run_list", Map.of())
                .at("/structuredContent/runs/0/request_id")
                .stringValue();

        core.processes.onLaunch(process -> process.prints("session session-1").answers("And which letter?"));
        reply(request, 1, "seven");
        core.server().tasks().runAll();
        List<JsonNode> said = told.read();
        assertThat(said).as(said.toString()).hasSize(2);
        assertWithdrawn(said.get(0), first);
        JsonNode second = said.get(1);
        assertThat(second.at("/params/message").stringValue()).isEqualTo("And which letter?");

        assertThat(status(person.post(filled(first, "too late")))).isEqualTo(202);
        core.server().tasks().runAll();
        assertThat(told.read()).as("the call goes on").isEmpty();
        JsonNode pending = talk.called("skill_runner_run_status", Map.of("request_id", request));
        assertThat(pending.at("/structuredContent/question/interaction_id").intValue())
                .isEqualTo(2);

        core.processes.onLaunch(
                process -> process.prints("session session-1").answers("{\"__SKILL_DONE__\": true, \"found\": 7}"));
        assertThat(status(person.post(filled(second, "g")))).isEqualTo(202);
        core.server().tasks().runAll();
        assertThat(told.result().at("/structuredContent/data/found").intValue()).isEqualTo(7);
    }

    @Test
    void a_call_is_answered_although_its_form_stays_open() {
        Talk person = talk.another();
        person.greet(Map.of("elicitation", Map.of()));
        core.processes.onLaunch(process -> process.prints("session session-1").answers("Which number?"));
        Talk.Told told = person.call(
                1,
                "demo",
                Map.of("input", Map.of("n", 5), "runtime_options", Map.of("execution_mode", "interactive")),
                Map.of());
        core.server().tasks().runAll();
        JsonNode form = told.read().get(0);
        String request = talk.called("skill_runner_run_list", Map.of())
                .at("/structuredContent/runs/0/request_id")
                .stringValue();
        core.processes.onLaunch(
                process -> process.prints("session session-1").answers("{\"__SKILL_DONE__\": true, \"found\": 7}"));
        reply(request, 1, "seven");
        core.server().tasks().runAll();

        List<JsonNode> said = told.read();
        assertThat(said).as(said.toString()).hasSize(2);
        assertWithdrawn(said.get(0), form);
        assertThat(said.get(1).at("/result/structuredContent/data/found").intValue())
                .isEqualTo(7);
        assertThat(told.feed.finished()).isTrue();
        assertThat(status(person.post(filled(form, "too late")))).isEqualTo(202);
        core.server().tasks().runAll();
        assertThat(core.runs.inStatus(RunStatus.SUCCEEDED)).hasSize(1);
    }

    private static void assertWithdrawn(JsonNode note, JsonNode form) {
        assertThat(note.get("method").stringValue()).isEqualTo("notifications/cancelled");
        assertThat(note.at("/params/requestId")).isEqualTo(form.get("id"));
    }

    private void reply(String request, int question, String response) {
        talk.call(
                8,
                "skill_runner_run_reply",
                Map.of("request_id", request, "interaction_id", question, "response", response),
                Map.of());
    }

    private static Map<String, Object> filled(JsonNode form, String answer) {
        return Map.of(
                "jsonrpc",
                "2.0",
                "id",
                form.get("id").stringValue(),
                "result",
                Map.of("action", "accept", "content", Map.of("answer", answer)));
    }

    @Test
    void who_can_show_no_form_is_told_and_answers_by_a_tool() {
        core.processes.onLaunch(process -> process.prints("session session-1").answers("Which number?"));
        Talk.Told told = call(
                1,
                Map.of("input", Map.of("n", 5), "runtime_options", Map.of("execution_mode", "interactive")),
                Map.of());
        core.server().tasks().runAll();
        JsonNode asked = told.result();
        assertThat(asked.at("/structuredContent/status").stringValue()).isEqualTo("waiting_user");
        assertThat(asked.at("/structuredContent/question/prompt").stringValue()).isEqualTo("Which number?");
        assertThat(asked.at("/content/0/text").stringValue()).contains("skill_runner_run_reply");

        core.processes.onLaunch(
                process -> process.prints("session session-1").answers("{\"__SKILL_DONE__\": true, \"found\": 7}"));
        Talk.Told answered = talk.call(
                2,
                "skill_runner_run_reply",
                Map.of(
                        "request_id",
                        asked.at("/structuredContent/request_id").stringValue(),
                        "interaction_id",
                        1,
                        "response",
                        "seven"),
                Map.of());
        core.server().tasks().runAll();
        assertThat(answered.result().at("/structuredContent/data/found").intValue())
                .isEqualTo(7);
        assertThat(talk.called(
                                "skill_runner_run_reply",
                                Map.of(
                                        "request_id",
                                        asked.at("/structuredContent/request_id")
                                                .stringValue(),
                                        "interaction_id",
                                        1,
                                        "response",
                                        "eight"))
                        .at("/structuredContent/error/code")
                        .stringValue())
                .isEqualTo("INTERACTION_DECIDED");
    }

    // resources

    @Test
    void what_a_run_left_is_linked_and_read() {
        core.processes.onLaunch(process -> process.answers("{\"found\": 5}"));
        Talk.Told told = call(1, Map.of("input", Map.of("n", 5), "runtime_options", NO_CACHE), Map.of());
        core.server().tasks().runAll();
        Run ended = run(told.result());
        core.workspaces.leave(ended.id(), "report.md", "# Five");
        JsonNode result = talk.called(
                "skill_runner_run_status",
                Map.of("request_id", ended.requestId().value()));

        JsonNode link = result.at("/content/1");
        assertThat(link.get("type").stringValue()).isEqualTo("resource_link");
        JsonNode read =
                talk.ask(5, "resources/read", Map.of("uri", link.get("uri").stringValue()));
        assertThat(read.at("/result/contents/0/text").stringValue()).isEqualTo("# Five");
        assertThat(read.at("/result/contents/0/mimeType").stringValue()).isEqualTo("text/markdown");
        JsonNode whole =
                talk.ask(6, "resources/read", Map.of("uri", "skill-runner://runs/" + ended.requestId() + "/result"));
        assertThat(whole.at("/result/contents/0/text").stringValue()).contains("\"found\"");
        assertThat(talk.ask(7, "resources/templates/list", Map.of()).at("/result/resourceTemplates"))
                .hasSize(2);
        assertThat(talk.ask(8, "resources/list", Map.of()).at("/result/resources"))
                .isEmpty();
        for (String uri : List.of(
                "file:///etc/passwd",
                "skill-runner://runs/" + ended.requestId() + "/artifacts/none",
                "skill-runner://runs/" + ended.requestId() + "/artifacts/%2e%2e/x",
                "skill-runner://runs/" + ended.requestId() + "/.audit/stdout.1.log")) {
            assertThat(talk.ask(9, "resources/read", Map.of("uri", uri))
                            .at("/error/code")
                            .intValue())
                    .as(uri)
                    .isEqualTo(-32_002);
        }
    }

    private Talk.Told call(int id, Map<String, ?> arguments, Map<String, ?> meta) {
        return talk.call(id, "demo", arguments, meta);
    }

    private String error(Map<String, ?> arguments) {
        return talk.called("demo", arguments)
                .at("/structuredContent/error/code")
                .stringValue();
    }

    private Run run(JsonNode result) {
        RequestId request =
                new RequestId(result.at("/structuredContent/request_id").stringValue());
        return core.runs
                .findRequest(request)
                .flatMap(it -> core.runs.find(it.runId().orElseThrow()))
                .orElseThrow();
    }

    private static Map<String, Object> withPaper(Map<String, Object> paper) {
        return Map.of("input", Map.of("n", 5, "paper", paper), "runtime_options", NO_CACHE);
    }

    private static int status(Answer answer) {
        return answer instanceof Answer.Whole whole ? whole.status() : 200;
    }

    private static int code(Answer answer) {
        Answer.Whole whole = (Answer.Whole) answer;
        assertThat(whole.status()).isEqualTo(400);
        return Talk.JSON.readTree(whole.json()).at("/error/code").intValue();
    }
}
