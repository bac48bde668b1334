package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real codex CLI, installed from npm into a cache folder of the user that is kept between builds. Its version is
 * pinned, so that a build is judged by the same CLI everywhere.
 */
public final class RealCodex {
    private static final String VERSION = "0.169.0";

    private RealCodex() {}

    /** Returns the npm prefix that holds the CLI, installing it first if needed. */
    public static Path npmPrefix() throws IOException, InterruptedException {
        Path prefix = cache().resolve("codex-" + VERSION);
        if (!Files.isExecutable(prefix.resolve("bin/codex"))) {
            Files.createDirectories(prefix);
            Path log = prefix.resolve("npm.log");
            int code = new ProcessBuilder(List.of(
                            "npm", "install", "--global", "--prefix", prefix.toString(), "@openai/codex@" + VERSION))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "the codex CLI could not be installed with npm (Node.js with npm and its registry are needed):\n"
                                + Files.readString(log));
            }
        }
        return prefix;
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

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("skill-runner/test-cli");
    }
}
