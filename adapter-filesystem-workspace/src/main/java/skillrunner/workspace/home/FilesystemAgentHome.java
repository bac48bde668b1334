package skillrunner.workspace.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.AgentHome;
import skillrunner.workspace.file.AtomicFiles;
import skillrunner.workspace.file.SafePath;

/** The agent home as a folder. Safe for concurrent use. */
public final class FilesystemAgentHome implements AgentHome {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemAgentHome.class);

    private final Path home;

    /**
     * Takes the folder.
     *
     * @param home the agent home
     */
    public FilesystemAgentHome(Path home) {
        this.home = Objects.requireNonNull(home);
    }

    /**
     * Creates the files a CLI needs. What exists is never changed.
     *
     * @param files path below the home to content
     */
    public void seed(Map<String, String> files) {
        files.forEach((path, content) -> {
            Path file = SafePath.below(home, path).orElseThrow();
            if (!Files.exists(file)) {
                AtomicFiles.write(file, content);
            }
        });
    }

    @Override
    public Optional<String> readText(String path) {
        Path file = SafePath.below(home, path).orElseThrow();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            LOG.warn("a configuration file of the agent home can't be read: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public boolean holds(String path) {
        return Files.isRegularFile(SafePath.below(home, path).orElseThrow());
    }
}
