package skillrunner.process.binaries;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.CliLocation;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.process.installs.InstallLayout;
import skillrunner.process.installs.VersionHolds;

/** Programs in the managed npm prefix, else on the server's own search path. Safe for concurrent use. */
public final class InstalledBinaries implements EngineBinaries {
    private final InstallLayout layout;
    private final VersionHolds holds;
    private final List<Path> managed;
    private final List<Path> global;
    private final ChildEnvironment environment;

    /**
     * Takes what the server knows of its surroundings.
     *
     * @param npmPrefix the managed npm prefix
     * @param agentHome home folder of every CLI
     * @param serverEnvironment the server's own environment
     */
    public InstalledBinaries(Path npmPrefix, Path agentHome, Map<String, String> serverEnvironment) {
        Objects.requireNonNull(agentHome);
        this.layout = new InstallLayout(npmPrefix);
        this.holds = new VersionHolds(layout);
        this.managed = List.of(layout.bin(), npmPrefix);
        this.global = searchPath(serverEnvironment.getOrDefault("PATH", ""));
        List<Path> path = new ArrayList<>(managed);
        path.addAll(global);
        this.environment = new ChildEnvironment(path, npmPrefix, agentHome, serverEnvironment);
    }

    @Override
    public CliLocation locate(List<String> names) {
        return new CliLocation(
                find(managed, names).map(Path::toString), find(global, names).map(Path::toString));
    }

    @Override
    public Optional<String> find(List<String> names) {
        return managed(names).or(() -> find(global, names)).map(Path::toString);
    }

    /** {@inheritDoc} What lies outside of the managed prefix is not ours to keep. */
    @Override
    public Optional<String> hold(List<String> names, String holder) {
        return holds.hold(holder, () -> managed(names))
                .or(() -> find(global, names))
                .map(Path::toString);
    }

    @Override
    public void release(String holder) {
        holds.release(holder);
    }

    private Optional<Path> managed(List<String> names) {
        return find(managed, names).map(layout::version);
    }

    @Override
    public Map<String, String> environment(Set<String> passed, Map<String, String> set) {
        return environment.build(passed, set);
    }

    private static Optional<Path> find(List<Path> folders, List<String> names) {
        for (Path folder : folders) {
            for (String name : names) {
                Path program = folder.resolve(name);
                // Both follow links: one that leads nowhere is no program.
                if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(program.toAbsolutePath());
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> searchPath(String path) {
        List<Path> folders = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isBlank() && !isManaged(Path.of(entry))) {
                folders.add(Path.of(entry));
            }
        }
        return folders;
    }

    private boolean isManaged(Path entry) {
        return managed.stream().anyMatch(folder -> real(folder).equals(real(entry)));
    }

    /** Links resolved, as far as the path exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
