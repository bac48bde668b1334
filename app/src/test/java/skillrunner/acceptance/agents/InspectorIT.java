package skillrunner.acceptance.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RealCli;
import skillrunner.acceptance.Repository;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The inspector that the makers of the protocol publish, over both transports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectorIT {
    private static final String NAME = "@modelcontextprotocol/inspector";
    private static final String VERSION = "2.12.0";

    private Path home;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(home, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void it_finds_and_calls_a_skill_over_http() throws Exception {
        String address = "http://127.0.0.1:" + server.port() + "/mcp";

        JsonNode tools = inspect(List.of(address, "--transport", "http", "--method", "tools/list"));
        JsonNode result = inspect(List.of(
                address,
                "--transport",
                "http",
                "--method",
                "tools/call",
                "--tool-name",
                TestSkill.ID,
                "--tool-arg",
                "parameter={\"script\":\"@cli answer {\\\"status\\\": \\\"fine\\\"}\"}"));

        assertThat(tools.get("tools"))
                .anyMatch(tool -> tool.get("name").stringValue().equals(TestSkill.ID));
        assertThat(result.at("/structuredContent/data/status").asString(""))
                .as(result.toString())
                .isEqualTo("fine");
    }

    @Test
    void it_finds_the_same_over_pipes() throws Exception {
        JsonNode tools = inspect(List.of(
                Repository.launcher().toString(),
                "mcp",
                "-e",
                "SKILL_RUNNER_BUILD=off",
                "-e",
                "SKILL_RUNNER_SERVER=http://127.0.0.1:" + server.port(),
                "--method",
                "tools/list"));

        assertThat(tools.get("tools"))
                .anyMatch(tool -> tool.get("name").stringValue().equals(TestSkill.ID));
    }

    private JsonNode inspect(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                RealCli.npmPrefix("mcp-inspector", NAME, VERSION)
                        .resolve("bin/mcp-inspector")
                        .toString(),
                "--cli"));
        command.addAll(arguments);
        Path out = Files.createTempFile(home, "inspector", ".out");
        Path err = Files.createTempFile(home, "inspector", ".err");
        int code = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(err) + Files.readString(out)).isZero();
        return RawMcp.JSON.readTree(Files.readString(out));
    }
}
