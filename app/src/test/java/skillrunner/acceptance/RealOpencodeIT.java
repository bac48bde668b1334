package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import skillrunner.domain.engine.EngineId;

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

    @Override
    Map<String, String> failures() {
        return Map.of(
                "bad-json", "OUTPUT_VALIDATION_FAILED",
                "e401", "AUTH_REQUIRED",
                "e404", "ENGINE_EXIT_NONZERO");
    }
}
