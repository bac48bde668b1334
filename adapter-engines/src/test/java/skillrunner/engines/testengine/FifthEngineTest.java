package skillrunner.engines.testengine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

class FifthEngineTest {
    @Test
    void an_engine_of_any_name_joins_by_being_on_the_class_path() {
        List<EngineDriver> found = ServiceLoader.load(EngineDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        List<EngineCli> clis = ServiceLoader.load(EngineCli.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        Engines engines = new Engines(clis, found, Optional.of(List.of(TestEngineDriver.ENGINE)));

        assertThat(engines.known())
                .containsExactly(
                        EngineId.CODEX, EngineId.GEMINI, EngineId.IFLOW, EngineId.OPENCODE, TestEngineDriver.ENGINE);
        assertThat(engines.usable(TestEngineDriver.ENGINE)).isPresent();
        assertThat(engines.cli(TestEngineDriver.ENGINE)).isPresent();
        assertThat(engines.usable(EngineId.CODEX)).isEmpty();
    }
}
