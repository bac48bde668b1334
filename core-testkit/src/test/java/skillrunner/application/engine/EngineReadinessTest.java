package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.problem.RefusedException;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.engine.TestEngineDriver;
import skillrunner.testkit.engine.TestRemedies;
import skillrunner.testkit.model.ScriptedCliVersions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** For how long it is believed that an engine can run. */
class EngineReadinessTest {
    private final TestEngineDriver driver = new TestEngineDriver(EngineId.CODEX);
    private final ScriptedCliVersions versions = new ScriptedCliVersions();
    private final AtomicInteger looks = new AtomicInteger();
    private long nanos;
    private final EngineReadiness readiness = new EngineReadiness(
            new Engines(List.of(new TestEngineCli(EngineId.CODEX)), List.of(driver), Optional.empty()),
            new AnyProgram(),
            path -> Optional.empty(),
            new TestRemedies(),
            this::version,
            () -> nanos);

    @BeforeEach
    void knowTwoMajors() {
        driver.knows(KnownMajors.of(0, 1));
    }

    @Test
    void a_known_version_is_believed_for_a_second() {
        versions.install(EngineId.CODEX, "1.0.0");
        readiness.warnings(EngineId.CODEX);
        versions.install(EngineId.CODEX, "2.0.0");

        assertThat(readiness.warnings(EngineId.CODEX)).isEmpty();
        assertThat(looks).hasValue(1);
        nanos += 1_000_000_000L;
        assertThatThrownBy(() -> readiness.warnings(EngineId.CODEX)).isInstanceOf(RefusedException.class);
    }

    @Test
    void what_is_not_known_or_refused_is_looked_at_anew_each_time() {
        assertThat(readiness.warnings(EngineId.CODEX)).isEmpty();
        versions.install(EngineId.CODEX, "2.0.0");
        assertThatThrownBy(() -> readiness.warnings(EngineId.CODEX)).isInstanceOf(RefusedException.class);
        versions.install(EngineId.CODEX, "1.0.0");

        assertThat(readiness.warnings(EngineId.CODEX)).isEmpty();
    }

    private Optional<CliVersion> version(EngineId engine) {
        looks.incrementAndGet();
        return versions.detect(engine);
    }

    /** Every program is there. */
    private static final class AnyProgram implements EngineBinaries {
        @Override
        public CliLocation locate(List<String> names) {
            return new CliLocation(find(names), Optional.empty());
        }

        @Override
        public Optional<String> find(List<String> names) {
            return Optional.of("/bin/" + names.get(0));
        }

        @Override
        public Optional<String> hold(List<String> names, String holder) {
            return find(names);
        }

        @Override
        public void release(String holder) {
            // Nothing is held.
        }

        @Override
        public Map<String, String> environment(Set<String> passed, Map<String, String> set) {
            return set;
        }
    }
}
