package skillrunner.application.run.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;

/** The environment of a turn's process, for a turn that is started and for one that is only foreseen. Safe for concurrent use. */
final class TurnEnvironment {
    private final Engines engines;
    private final EngineBinaries binaries;

    TurnEnvironment(Engines engines, EngineBinaries binaries) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
    }

    /** Builds it, with a folder for temporary files. */
    Map<String, String> of(EngineCommand command, EngineId engine, String temporary) {
        Set<String> passed = new TreeSet<>(command.passedVariables());
        passed.addAll(engines.addedVariables(engine));
        Map<String, String> set = new LinkedHashMap<>(command.environment());
        set.put("TMPDIR", temporary);
        return binaries.environment(passed, engines.variables(engine), set);
    }
}
