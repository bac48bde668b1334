package skillrunner.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.Repository;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

class ProductRemediesTest {
    @Test
    void the_command_that_installs_an_engine_is_one_that_the_installation_has(@TempDir Path distribution)
            throws Exception {
        Files.createDirectory(distribution.resolve("bin"));

        assertThat(ProductRemedies.installCommand(Repository.root(), EngineId.CODEX))
                .isEqualTo("./scripts/agent_manager.sh --upgrade-engine codex");
        assertThat(ProductRemedies.installCommand(distribution, EngineId.CODEX))
                .isEqualTo("skill-runner agent-manager --upgrade-engine codex");
    }
}
