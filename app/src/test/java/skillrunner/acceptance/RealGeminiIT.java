package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import skillrunner.domain.engine.EngineId;

/** Jobs on the real gemini CLI. */
class RealGeminiIT extends RealEngineContract {
    RealGeminiIT() {
        super(EngineId.GEMINI);
    }

    @Override
    Path npmPrefix() throws IOException, InterruptedException {
        return RealCli.npmPrefix("gemini", "@google/gemini-cli", "0.61.0");
    }

    @Override
    void configure(Path home, String baseUrl) throws IOException {
        Path folder = Files.createDirectories(home.resolve("cache/agent-home/.gemini"));
        Files.writeString(
                folder.resolve("settings.json"), "{\"security\": {\"auth\": {\"selectedType\": \"gemini-api-key\"}}}");
        Files.writeString(
                folder.resolve(".env"),
                "GEMINI_API_KEY=a-key-for-the-stand-in\nGOOGLE_GEMINI_BASE_URL=" + baseUrl + "\n");
    }

    @Override
    Map<String, String> failures() {
        return Map.of(
                "bad-json", "OUTPUT_VALIDATION_FAILED",
                "e401", "AUTH_REQUIRED",
                "e404", "ENGINE_EXIT_NONZERO");
    }
}
