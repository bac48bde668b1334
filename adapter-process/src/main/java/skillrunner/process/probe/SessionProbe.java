package skillrunner.process.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.SessionExport;
import skillrunner.application.engine.SessionExports;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.command.BoundedCommand;

/**
 * Calls CLIs with their own command for telling a conversation, in their home and not in the agent's workspace, whose settings
 * an agent may have written.
 */
public final class SessionProbe implements SessionExports {
    private static final Logger LOG = LoggerFactory.getLogger(SessionProbe.class);
    private static final int KEPT_BYTES = 32 << 20;

    private final Engines engines;
    private final EngineBinaries binaries;
    private final Duration limit;

    /**
     * Makes a probe.
     *
     * @param engines know the names of programs
     * @param binaries find them
     * @param limit how long a CLI may take
     */
    public SessionProbe(Engines engines, EngineBinaries binaries, Duration limit) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.limit = Objects.requireNonNull(limit);
    }

    @Override
    public Optional<String> ask(EngineId engine, SessionExport export, String session, String marker) {
        Optional<String> program = engines.cli(engine).flatMap(cli -> binaries.find(cli.binaryNames()));
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> whole = new ArrayList<>(List.of(program.get()));
        whole.addAll(export.arguments(session));
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        whole, binaries.environment(Set.of(), engines.variables(engine), Map.of()), limit)
                .keeping(KEPT_BYTES)
                .marked(marker)
                .run();
        if (!outcome.succeeded()) {
            LOG.warn("{} does not tell a session: {}, exit code {}", engine, outcome.end(), outcome.code());
            return Optional.empty();
        }
        return Optional.of(outcome.stdout());
    }
}
