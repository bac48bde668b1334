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

    @Test
    void an_adopted_skill_answers_in_a_text_and_its_instructions_reach_the_model() throws Exception {
        configure(home(), model().baseUrl("adopted"));
        model().register(
                        "adopted",
                        turn -> new Answer.Text("{\"__SKILL_DONE__\": true, \"answer\": \"Done in prose.\"}"));
        byte[] zip = TestPackage.of("x", "1.0.0")
                .without("assets/runner.json")
                .file("SKILL.md", "---\nname: Prose Writer\ndescription: Writes as nobody else does.\n---\n# Prose\n")
                .zip();
        ApiClient.Answer accepted = api().send("/v1/skill-packages/install?adopt=true", "file", zip);
        assertThat(api().awaitInstall(accepted.json().get("request_id").stringValue())
                        .get("skill_id")
                        .stringValue())
                .isEqualTo("prose-writer");
        int before = model().requests().size();

        String request = api().create(Map.of(
                "skill_id", "prose-writer", "engine", "codex", "input", Map.of("prompt", "Write about the sea.")));

        JsonNode status = api().awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api().result(request).get("data").toString()).isEqualTo("{\"answer\":\"Done in prose.\"}");
        assertThat(model().requests().subList(before, model().requests().size()))
                .anySatisfy(asked ->
                        assertThat(asked.body()).contains("Writes as nobody else does.", "Write about the sea."));
    }
}
