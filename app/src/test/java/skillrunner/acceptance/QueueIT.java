package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One slot and a short queue. */
class QueueIT {
    @TempDir
    private Path home;

    @Test
    void a_full_queue_turns_requests_away_and_loses_none_also_over_a_crash() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Map<String, String> settings =
                Map.of("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1", "SKILL_RUNNER_MAX_QUEUE_SIZE", "2");
        Path go = home.resolve("go");
        List<String> requests = new ArrayList<>();
        try (RunningServer server = RunningServer.start(home, settings)) {
            ApiClient api = server.client();
            requests.add(api.create(TestSkill.job("say working", "wait " + go, "answer {\"status\": \"fine\"}")));
            await().until(() -> api.stdout(requests.get(0)).contains("working"));
            requests.add(api.create(TestSkill.job("wait " + go)));
            requests.add(api.create(TestSkill.job("wait " + go)));
            String canceled = requests.get(2);
            assertThat(refusal(api)).isEqualTo("RUN_QUEUE_FULL");
            assertThat(api.post("/v1/jobs/" + canceled + "/cancel")
                            .json()
                            .get("accepted")
                            .booleanValue())
                    .isTrue();
            assertThat(api.status(canceled).get("status").stringValue()).isEqualTo("canceled");
            assertThat(api.result(canceled).get("error").get("code").stringValue())
                    .isEqualTo("CANCELED_BY_USER");
            requests.add(api.create(TestSkill.job("wait " + go)));
            assertThat(refusal(api)).isEqualTo("RUN_QUEUE_FULL");
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, settings)) {
            ApiClient api = server.client();
            assertThat(api.status(requests.get(1)).get("status").stringValue()).isEqualTo("queued");
            assertThat(api.status(requests.get(2)).get("status").stringValue()).isEqualTo("canceled");
            Files.writeString(go, "");
            JsonNode first = api.awaitEnd(requests.get(0));
            JsonNode second = api.awaitEnd(requests.get(1));
            JsonNode third = api.awaitEnd(requests.get(3));
            assertThat(first.get("recovery_reason").stringValue()).isEqualTo("process_reattached");
            assertThat(second.get("recovery_reason").isNull()).isTrue();
            for (JsonNode ended : List.of(first, second, third)) {
                assertThat(ended.get("status").stringValue()).isEqualTo("succeeded");
            }
            assertThat(second.get("updated_at").stringValue())
                    .isLessThan(third.get("updated_at").stringValue());
        }
    }

    private static String refusal(ApiClient api) throws IOException {
        ApiClient.Answer answer = api.post("/v1/jobs", TestSkill.job("say never"));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).isPresent();
        return answer.json().get("code").stringValue();
    }
}
