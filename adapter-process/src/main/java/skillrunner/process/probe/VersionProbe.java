package skillrunner.process.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.CliProbe;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.process.command.BoundedCommand;

/** Calls CLIs with {@code --version}. One that fails, hangs or prints no numbers has no version. */
public final class VersionProbe implements CliProbe {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Engines engines;
    private final EngineBinaries binaries;
    private final String owner;

    public VersionProbe(Engines engines, EngineBinaries binaries, String owner) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.owner = Objects.requireNonNull(owner);
    }

    @Override
    public Optional<String> identity(EngineId engine) {
        return program(engine).flatMap(VersionProbe::identity);
    }

    @Override
    public Optional<VersionStatement> ask(EngineId engine) {
        return engines.cli(engine)
                .flatMap(cli -> binaries.find(cli.binaryNames()).flatMap(program -> {
                    BoundedCommand.Outcome outcome = BoundedCommand.of(
                                    List.of(program, "--version"), binaries.environment(Set.of(), Map.of()), LIMIT)
                            .ownedBy(owner)
                            .run();
                    return outcome.succeeded()
                            ? VersionStatement.in(outcome.stdout(), outcome.stderr(), cli.ownNames())
                            : Optional.empty();
                }));
    }

    private Optional<String> program(EngineId engine) {
        return engines.cli(engine).flatMap(cli -> binaries.find(cli.binaryNames()));
    }

    private static Optional<String> identity(String program) {
        try {
            Path real = Path.of(program).toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return Optional.of(real + " " + attributes.lastModifiedTime() + " " + attributes.size());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
