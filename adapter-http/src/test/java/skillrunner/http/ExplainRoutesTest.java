package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What would become of a request, and when to come back with one that is turned away. */
class ExplainRoutesTest extends HttpTestBed {
    private static final String EXPLAIN = "/v1/jobs/explain";
    private static final String DEMO = "{\"skill_id\":\"demo\"}";

    ExplainRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_good_request_is_told_whole_and_nothing_is_stored() throws Exception {
        JsonNode told = explained(DEMO);

        assertThat(told.propertyNames())
                .containsExactly(
                        "command",
                        "environment",
                        "cli",
                        "model",
                        "snapshot",
                        "prompt",
                        "files_expected",
                        "cache",
                        "queue",
                        "warnings",
                        "refusals",
                        "failures");
        assertThat(told.get("command").toString()).isEqualTo("[\"codex\",\"exec\"]");
        assertThat(told.get("environment").toString()).contains("\"PATH\"");
        assertThat(told.get("cli").get("source").stringValue()).isEqualTo("managed");
        assertThat(told.get("prompt").stringValue()).startsWith("Run demo");
        assertThat(told.get("cache").get("key").stringValue()).hasSize(64);
        assertThat(told.get("cache").get("hit").booleanValue()).isFalse();
        assertThat(told.get("queue").toString()).isEqualTo("{\"position\":1,\"length\":0,\"slots\":2}");
        assertThat(told.get("refusals").size() + told.get("failures").size()).isZero();
        assertThat(core.runs.requests()).isEmpty();
    }

    @Test
    void what_creating_refuses_is_an_answer_with_all_codes_and_places() throws Exception {
        JsonNode told = explained(
                """
                {"skill_id": "demo", "engine": "gemini", "input": {"a": 1}, "runtime_options": {"debug": 3}}
                """);

        assertThat(told.get("refusals"))
                .extracting(refusal -> refusal.get("code").stringValue())
                .containsExactly("ENGINE_NOT_IN_USE", "REQUEST_INVALID", "REQUEST_INVALID");
        assertThat(told.get("refusals"))
                .flatExtracting(refusal -> refusal.get("errors").values())
                .extracting(error -> error.get("pointer").stringValue())
                .containsExactly("/runtime_options/debug", "/input/a");
        assertThat(told.get("prompt").isNull()).isTrue();
        assertThat(explained("{\"skill_id\":\"absent\"}")
                        .get("refusals")
                        .get(0)
                        .get("code")
                        .stringValue())
                .isEqualTo("SKILL_NOT_FOUND");
    }

    @Test
    void a_parameter_that_fails_the_run_is_told_at_its_place() throws Exception {
        core.skills.install(aSkill("strict").takingParameter("n", "integer").build());

        JsonNode failure = explained("{\"skill_id\":\"strict\",\"parameter\":{\"n\":\"x\"}}")
                .get("failures")
                .get(0);

        assertThat(failure.get("code").stringValue()).isEqualTo("INPUT_VALIDATION_FAILED");
        assertThat(failure.get("errors").get(0).get("pointer").stringValue()).isEqualTo("/parameter/n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"skill_id\":5}", "{\"skill_id\":\"demo\",\"odd\":1}"})
    void a_body_that_is_none_is_refused_as_creating_does(String body) throws Exception {
        HttpResponse<String> explained = post(EXPLAIN, body);
        HttpResponse<String> created = post("/v1/jobs", body);

        assertThat(explained.statusCode()).isEqualTo(400).isEqualTo(created.statusCode());
        assertThat(json(explained.body()).get("errors"))
                .isEqualTo(json(created.body()).get("errors"));
    }

    @Test
    void each_way_into_a_full_queue_is_answered_429_and_when_to_come_back() throws Exception {
        String awaiting = json(post("/v1/jobs", "{\"skill_id\":\"needs-file\"}").body())
                .get("request_id")
                .stringValue();
        String temporary =
                json(post("/v1/temp-skill-runs", "{}").body()).get("request_id").stringValue();
        String skill =
                new String(core.packages.offer(aSkill("sent").on(EngineId.CODEX).build()), StandardCharsets.UTF_8);
        for (int waiting = 0; waiting < core.settings().maxQueued(); waiting++) {
            post("/v1/jobs", DEMO);
        }

        assertComesBackLater(post("/v1/jobs", DEMO));
        assertComesBackLater(upload("/v1/jobs/" + awaiting + "/upload", "file", "input_file=1"));
        assertComesBackLater(upload("/v1/temp-skill-runs/" + temporary + "/upload", "skill_package", skill));
        JsonNode told = explained(DEMO);
        assertThat(told.get("refusals").get(0).get("code").stringValue()).isEqualTo("RUN_QUEUE_FULL");
        assertThat(told.get("queue").get("position").isNull()).isTrue();
    }

    private static void assertComesBackLater(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(json(answer.body()).get("code").stringValue()).isEqualTo("RUN_QUEUE_FULL");
    }

    private JsonNode explained(String body) throws Exception {
        HttpResponse<String> answer = post(EXPLAIN, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer.body());
    }
}
