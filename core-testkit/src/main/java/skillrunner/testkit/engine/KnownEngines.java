package skillrunner.testkit.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;

/** The engines on the class path, for tests of what lists them all: such a test need not change when an engine joins. */
public final class KnownEngines {
    private KnownEngines() {}

    /**
     * Returns all engines.
     *
     * @return their names in canonical order
     */
    public static List<String> names() {
        return sorted(clis());
    }

    /**
     * Returns the engines whose models come from snapshots.
     *
     * @return their names in canonical order
     */
    public static List<String> namesWithSnapshots() {
        return sorted(clis().filter(cli -> cli.models() instanceof ModelSource.Snapshots));
    }

    private static Stream<EngineCli> clis() {
        return ServiceLoader.load(EngineCli.class).stream().map(ServiceLoader.Provider::get);
    }

    private static List<String> sorted(Stream<EngineCli> clis) {
        return clis.map(EngineCli::engine).sorted().map(EngineId::wire).toList();
    }
}
