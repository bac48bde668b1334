package skillrunner.process.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.application.model.ModelLists;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.command.BoundedCommand;

/** Calls CLIs with their own command for listing models. */
public final class ModelProbe implements ModelLists {
    private static final int KEPT_BYTES = 8 << 20;
    private static final int SHOWN_CHARACTERS = 300;

    private final Engines engines;
    private final EngineBinaries binaries;
    private final String owner;
    private final Duration limit;

    public ModelProbe(Engines engines, EngineBinaries binaries, String owner, Duration limit) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.owner = Objects.requireNonNull(owner);
        this.limit = Objects.requireNonNull(limit);
    }

    @Override
    public Answer ask(EngineId engine, ModelListCommand command) {
        Optional<String> program = engines.cli(engine).flatMap(cli -> binaries.find(cli.binaryNames()));
        if (program.isEmpty()) {
            return new Answer.Failed("CLI not found");
        }
        List<String> whole = new ArrayList<>(List.of(program.get()));
        whole.addAll(command.arguments());
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        whole, binaries.environment(Set.of(), engines.variables(engine), Map.of()), limit)
                .keeping(KEPT_BYTES)
                .ownedBy(owner)
                .run();
        return switch (outcome.end()) {
            case EXITED ->
                outcome.code() == 0
                        ? new Answer.Listed(command.parse(outcome.stdout()))
                        : new Answer.Failed("exited with code " + outcome.code() + words(outcome));
            case TIMED_OUT -> new Answer.Failed("timed out after " + limit.toSeconds() + "s");
            case WROTE_TOO_MUCH -> new Answer.Failed("wrote without end");
            case NOT_STARTED -> new Answer.Failed("CLI could not be started");
        };
    }

    private static String words(BoundedCommand.Outcome outcome) {
        String text = outcome.output().strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text);
    }
}
