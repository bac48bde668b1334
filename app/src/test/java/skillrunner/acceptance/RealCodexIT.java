package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.standin.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs on the real codex CLI. */
class RealCodexIT extends RealEngineContract {
    RealCodexIT() {
        super(EngineId.CODEX);
    }

    @Override
    Path npmPrefix() throws IOException, InterruptedException {
        return RealCodex.npmPrefix();
    }

    @Override
    void configure(Path home, String baseUrl) throws IOException {
        RealCodex.configure(home, baseUrl + "/v1");
    }

    @Override
    Map<String, String> variables() {
        return Map.of("STUB_API_KEY", "a-key-for-the-stand-in");
    }

    @Override
    Map<String, String> failures() {
        return Map.of(
                "bad-json", "OUTPUT_VALIDATION_FAILED",
                "e401", "AUTH_REQUIRED",
                "e500", "ENGINE_EXIT_NONZERO",
                "reset", "ENGINE_EXIT_NONZERO");
    }

    /** With a dot, like a variable, like a skill that the CLI brings. */
    @Override
    List<String> unusualIds() {
        return List.of("Upper.Case_1", "HOME", "skill-creator");
    }

    @Override
    boolean givesTheWholeSkill() {
        return true;
    }

    /** The model takes no notice, and answers as if the file were there. */
    @Test
    void a_command_that_is_ended_for_too_large_a_file_fails_its_run() throws Exception {
        model().register(
                        "large",
                        turn -> turn.toolOutput().isEmpty()
                                ? new Answer.ToolCall("truncate -s 100G large")
                                : new Answer.Text("{\"__SKILL_DONE__\": true, \"status\": \"written\"}"));
        JsonNode status = run("large");

        assertThat(status.at("/error/code").stringValue()).as(status.toString()).isEqualTo("FILE_LIMIT_EXCEEDED");
    }

    @Test
    void the_demo_skill_computes_primes_from_a_parameter_and_a_file() throws Exception {
        configure(home(), model().baseUrl("follow"));
        String request = api().create(Map.of("skill_id", "demo-prime-number", "parameter", Map.of("limit", 30)));
        api().upload(request, Map.of("numbers", "4 7 9 97\n100"));
        JsonNode status = api().awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        JsonNode data = api().result(request).get("data");
        assertThat(data.get("count").intValue()).isEqualTo(10);
        assertThat(data.get("file_primes").toString()).isEqualTo("[7,97]");
        assertThat(api().get("/v1/jobs/" + request + "/artifacts/artifacts/primes.csv")
                        .body())
                .endsWith("10,29\n");
    }
}
