package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.standin.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs on the real opencode CLI. */
class RealOpencodeIT extends RealEngineContract {
    RealOpencodeIT() {
        super(EngineId.OPENCODE);
    }

    @Override
    Path npmPrefix() throws IOException, InterruptedException {
        return RealCli.npmPrefix("opencode", "opencode-ai", "1.18.33");
    }

    @Override
    void configure(Path home, String baseUrl) throws IOException {
        Path folder = Files.createDirectories(home.resolve("cache/agent-home/.config/opencode"));
        Files.writeString(
                folder.resolve("opencode.json"),
                """
                {
                  "$schema": "https://opencode.ai/config.json",
                  "model": "stub/stub-model",
                  "small_model": "stub/stub-model",
                  "provider": {
                    "stub": {
                      "npm": "@ai-sdk/openai-compatible",
                      "name": "stub",
                      "options": {"baseURL": "%s/v1", "apiKey": "{env:STUB_API_KEY}"},
                      "models": {"stub-model": {"name": "stub", "limit": {"context": 100000, "output": 4096}}}
                    }
                  }
                }
                """
                        .formatted(baseUrl));
    }

    @Override
    Map<String, String> variables() {
        // What models its providers have is of no interest here, and nobody has to be reached for it.
        return Map.of("STUB_API_KEY", "a-key-for-the-stand-in", "OPENCODE_DISABLE_MODELS_FETCH", "true");
    }

    /** It has been seen to end without a word after it had gone on with a session; here it is made to, and only stdout is taken from it. */
    @Test
    void what_it_said_without_a_word_is_found_in_its_session(@TempDir Path other) throws Exception {
        model().register(
                        "quiet",
                        turn -> turn.userTexts().stream().anyMatch(text -> text.contains("Blue, by all means"))
                                ? new Answer.Text("{\"__SKILL_DONE__\": true, \"status\": \"blue\"}")
                                : new Answer.Text("Which colour?"));
        Path program = Files.createDirectories(other.resolve("npm/bin")).resolve("opencode");
        Files.writeString(
                program,
                """
                #!/bin/sh
                case " $* " in
                  *' --session='*) exec '%1$s' "$@" >/dev/null ;;
                esac
                exec '%1$s' "$@"
                """
                        .formatted(npmPrefix().resolve("bin/opencode")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        TestSkill.install(other);
        Path runner = other.resolve("data/skills/" + TestSkill.ID + "/assets/runner.json");
        Files.writeString(runner, Files.readString(runner).replace("[\"auto\"]", "[\"interactive\"]"));
        configure(other, model().baseUrl("quiet"));
        Map<String, String> settings = new HashMap<>(variables());
        settings.put("SKILL_RUNNER_NPM_PREFIX", other.resolve("npm").toString());
        try (RunningServer server = RunningServer.start(other, settings)) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job(engine(), Map.of("execution_mode", "interactive")));
            JsonNode asked = api.awaitStatus(request, Set.of("waiting_user", "failed"));
            assertThat(asked.get("status").stringValue()).as(asked.toString()).isEqualTo("waiting_user");
            api.post(
                    "/v1/jobs/" + request + "/interaction/reply",
                    Map.of("interaction_id", 1, "response", "Blue, by all means."));

            JsonNode ended = api.awaitEnd(request);

            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"blue\"}");
            Path audit = other.resolve("data/runs")
                    .resolve(ended.get("run_id").stringValue())
                    .resolve(".audit");
            assertThat(audit.resolve("stdout.2.log")).isEmptyFile();
        }
    }

    @Override
    Map<String, String> failures() {
        return Map.of(
                "bad-json", "OUTPUT_VALIDATION_FAILED",
                "e401", "AUTH_REQUIRED",
                "e404", "ENGINE_EXIT_NONZERO");
    }
}
