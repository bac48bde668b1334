package skillrunner.process.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.terminal.TerminalProbe;
import skillrunner.process.command.BoundedCommand;

/** Asks CLIs for their help, and docker or podman whether they work. Safe for concurrent use. */
public final class MachineTerminalProbe implements TerminalProbe {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final List<String> RUNTIMES = List.of("docker", "podman");

    private final EngineBinaries binaries;
    private final String owner;

    /**
     * Makes a probe.
     *
     * @param binaries find programs, and say what these see
     * @param owner a text that stands for whom programs are asked; a later server finds by it what was left
     */
    public MachineTerminalProbe(EngineBinaries binaries, String owner) {
        this.binaries = Objects.requireNonNull(binaries);
        this.owner = Objects.requireNonNull(owner);
    }

    @Override
    public boolean helpNames(String program, String word) {
        BoundedCommand.Outcome outcome = ask(List.of(program, "--help"));
        return outcome.succeeded() && outcome.output().contains(word);
    }

    @Override
    public Optional<String> whyNoContainers() {
        String why = "neither docker nor podman is installed";
        for (String runtime : RUNTIMES) {
            Optional<String> program = binaries.find(List.of(runtime));
            if (program.isPresent()) {
                BoundedCommand.Outcome outcome = ask(List.of(program.get(), "info"));
                if (outcome.succeeded()) {
                    return Optional.empty();
                }
                why = switch (outcome.end()) {
                    case EXITED -> runtime + " does not work";
                    case TIMED_OUT -> runtime + " does not answer";
                    case WROTE_TOO_MUCH, NOT_STARTED -> runtime + " can't be asked";
                };
            }
        }
        return Optional.of(why);
    }

    private BoundedCommand.Outcome ask(List<String> command) {
        return BoundedCommand.of(command, binaries.environment(Set.of(), Map.of()), LIMIT)
                .ownedBy(owner)
                .run();
    }
}
