package skillrunner.delegate;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.application.json.JsonText;
import skillrunner.domain.engine.EngineId;

/**
 * What all drivers share. Safe for concurrent use.
 *
 * @param names the names of an engine's program, best first
 * @param variables what every start of it gets
 */
record Parts(
        DelegateSettings settings,
        Consoles consoles,
        EngineBinaries binaries,
        Function<EngineId, List<String>> names,
        Function<EngineId, Map<String, String>> variables,
        TrustedFolders trusted,
        JsonText json,
        Clock clock,
        BackgroundTasks background) {}
