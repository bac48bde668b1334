package skillrunner.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import skillrunner.files.DurableFiles;
import skillrunner.standin.StandInModelServer;

/** A model with scripted answers on loopback, and a home for codex that points there. The user's own home is not touched. */
final class ScriptedModel implements AutoCloseable {
    private final StandInModelServer server;
    private final Path agentHome;

    private ScriptedModel(StandInModelServer server, Path agentHome) {
        this.server = server;
        this.agentHome = agentHome;
    }

    static ScriptedModel start(Path data) throws DemoFailedException {
        Path home = data.resolve("demo/agent-home");
        StandInModelServer server = StandInModelServer.start(0);
        try {
            Path config = home.resolve(".codex/config.toml");
            Files.createDirectories(home.resolve(".codex"));
            DurableFiles.write(
                    config,
                    """
                    model = "scripted"
                    model_provider = "scripted"
                    cli_auth_credentials_store = "file"

                    [model_providers.scripted]
                    name = "scripted answers"
                    base_url = "%s/v1"
                    wire_api = "responses"
                    request_max_retries = 1
                    stream_max_retries = 1
                    """
                            .formatted(server.baseUrl("follow")));
        } catch (IOException e) {
            server.close();
            throw new DemoFailedException("a folder for the demo can't be made: " + e.getMessage());
        }
        return new ScriptedModel(server, home);
    }

    Path agentHome() {
        return agentHome;
    }

    @Override
    public void close() {
        server.close();
    }
}
