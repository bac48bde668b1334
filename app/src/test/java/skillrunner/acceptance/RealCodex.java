package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real codex CLI, with a model server of the test's own. */
public final class RealCodex {
    private static final String VERSION = "0.169.0";

    private RealCodex() {}

    /** Returns the npm prefix that holds the CLI, installing it first if needed. */
    public static Path npmPrefix() throws IOException, InterruptedException {
        return RealCli.npmPrefix("codex", "@openai/codex", VERSION);
    }

    /** Points the CLI at a model server. Retries are few, so that an error shows at once. */
    public static void configure(Path home, String baseUrl) throws IOException {
        Path folder = Files.createDirectories(home.resolve("cache/agent-home/.codex"));
        Files.writeString(
                folder.resolve("config.toml"),
                """
                model = "stub-model"
                model_provider = "stub"
                cli_auth_credentials_store = "file"

                [model_providers.stub]
                name = "stub"
                base_url = "%s"
                env_key = "STUB_API_KEY"
                wire_api = "responses"
                request_max_retries = 1
                stream_max_retries = 1
                """
                        .formatted(baseUrl));
    }
}
