package skillrunner.process.binaries;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.EngineBinaries;

/**
 * Programs in the managed npm prefix, else on the server's own search path. Looked up anew each time, so that an
 * installation shows at once. Safe for concurrent use.
 */
public final class InstalledBinaries implements EngineBinaries {
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
        this.managed = List.of(npmPrefix.resolve("bin"), npmPrefix);
        this.global = searchPath(serverEnvironment.getOrDefault("PATH", ""));
        List<Path> path = new ArrayList<>(managed);
        path.addAll(global);
        this.environment = new ChildEnvironment(path, npmPrefix, agentHome, serverEnvironment);
    }

    @Override
    public Optional<String> find(List<String> names) {
        return find(managed, names).or(() -> find(global, names));
    }

    @Override
    public Map<String, String> environment(Set<String> passed, Map<String, String> set) {
        return environment.build(passed, set);
    }

    private static Optional<String> find(List<Path> folders, List<String> names) {
        for (Path folder : folders) {
            for (String name : names) {
                Path program = folder.resolve(name);
                if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(program.toAbsolutePath().toString());
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> searchPath(String path) {
        List<Path> folders = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()
                    && !managed.contains(Path.of(entry).toAbsolutePath().normalize())) {
                folders.add(Path.of(entry));
            }
        }
        return folders;
    }
}
