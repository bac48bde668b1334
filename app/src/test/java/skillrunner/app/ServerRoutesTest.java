package skillrunner.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.Contract;
import skillrunner.app.settings.Settings;
import skillrunner.contract.ApiDocument;

import static org.assertj.core.api.Assertions.assertThat;

/** The server that is shipped has the routes that its document has, whatever a test bed is put together of. */
class ServerRoutesTest {
    @TempDir
    private Path home;

    @Test
    void the_document_has_every_route_of_the_server_and_no_other() {
        Set<String> described = Contract.DOCUMENT.operations().stream()
                .map(ApiDocument.Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> held = routes().stream()
                .filter(route -> !route.startsWith("HEAD "))
                .map(route -> route.replace('<', '{').replace('>', '}'))
                .filter(route -> !Contract.DOCUMENT.leavesOut(route.substring(route.indexOf(' ') + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(held).isEqualTo(described);
    }

    private Set<String> routes() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", "0");
        environment.put("SKILL_RUNNER_DATA_DIR", home.resolve("data").toString());
        environment.put("SKILL_RUNNER_SKILLS_DIR", home.resolve("skills").toString());
        environment.put("SKILL_RUNNER_MODELS_DIR", home.resolve("models").toString());
        environment.put("SKILL_RUNNER_AGENT_HOME", home.resolve("agent-home").toString());
        environment.put("SKILL_RUNNER_NPM_PREFIX", home.resolve("npm").toString());
        try (Server server = Server.start(Settings.read(environment, home, home), environment, reason -> {})) {
            return server.routes();
        }
    }
}
