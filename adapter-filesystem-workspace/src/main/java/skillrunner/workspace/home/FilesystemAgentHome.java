package skillrunner.workspace.home;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.SharedSettings;
import skillrunner.application.signin.Credentials;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.files.DurableFiles;
import skillrunner.files.LockFiles;
import skillrunner.files.SafePath;
import skillrunner.files.SmallFiles;
import skillrunner.files.UnfitFileException;

/** The agent home as a folder. Safe for concurrent use. */
public final class FilesystemAgentHome implements AgentHome, Credentials, SharedSettings {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemAgentHome.class);

    /** The agents may write their home, so what is read of it has a limit. */
    private static final int MAX_TEXT_BYTES = 4 << 20;

    /** Nobody needs as long to write a file as a start may wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
     * Creates the folders and files a CLI needs. What exists is changed only where the CLI could not work with it.
     *
     * @param cli the CLI
     * @throws UncheckedIOException if the home can't be written
     */
    public void prepare(EngineCli cli) {
        cli.homeFolders().forEach(path -> createFolder(below(path)));
        Stream.concat(
                        cli.homeFolders().stream().map(this::below),
                        cli.homeFiles().keySet().stream()
                                .map(path -> Objects.requireNonNull(below(path).getParent())))
                .distinct()
                .forEach(FilesystemAgentHome::sweep);
        cli.homeFiles().forEach((path, content) -> {
            Path file = below(path);
            if (!Files.exists(file)) {
                createFolder(Objects.requireNonNull(file.getParent()));
                DurableFiles.write(file, content);
            } else {
                readText(path).flatMap(present -> cli.mended(path, present)).ifPresent(mended -> {
                    LOG.info(
                            "{} in the agent home was mended, since {} can't work with what it held",
                            path,
                            cli.engine());
                    edit(path, now -> cli.mended(path, now).orElse(now));
                });
            }
        });
    }

    /**
     * Copies credentials from another place. Nothing else is taken from there, settings in particular.
     *
     * @param cli the CLI they belong to
     * @param source folder that holds them under their names; it may be absent
     * @return names of the files that were copied
     * @throws UncheckedIOException if one can't be copied; those before it stay copied
     */
    public List<String> importCredentials(EngineCli cli, Path source) {
        List<String> copied = new ArrayList<>();
        for (CredentialFile credential : cli.credentials()) {
            Path file = source.resolve(credential.name());
            if (Files.isRegularFile(file)) {
                copy(file, below(credential.path()));
                copied.add(credential.name());
            }
        }
        return copied;
    }

    @Override
    public Optional<String> readText(String path) {
        Path file = below(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SmallFiles.readText(file, MAX_TEXT_BYTES));
        } catch (UnfitFileException e) {
            LOG.warn("a configuration file of the agent home is not read: {}", e.getReason());
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("a configuration file of the agent home can't be read: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void edit(String path, UnaryOperator<String> change) {
        Path file = below(path);
        createFolder(Objects.requireNonNull(file.getParent()));
        try (Closeable held = LockFiles.hold(file, PATIENCE)) {
            Objects.requireNonNull(held);
            String present = text(file);
            String wanted = change.apply(present);
            if (wanted.isEmpty()) {
                Files.deleteIfExists(file);
            } else if (!wanted.equals(present)) {
                DurableFiles.write(file, wanted);
            }
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return SmallFiles.readText(file, MAX_TEXT_BYTES);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** {@inheritDoc} Under the lock of the file: whoever renews it meanwhile would bring it back. */
    @Override
    public void remove(CredentialFile credential) {
        Path file = below(credential.path());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Closeable held = LockFiles.hold(file, PATIENCE)) {
            Objects.requireNonNull(held);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    @Override
    public boolean holds(String path) {
        return Files.isRegularFile(below(path));
    }

    private Path below(String path) {
        return SafePath.below(home, path).orElseThrow();
    }

    /** What a killed server was writing is in nobody's way, so it never stops a start. */
    private static void sweep(Path folder) {
        try {
            DurableFiles.sweepEarlier(folder);
        } catch (IOException e) {
            LOG.warn("unfinished files in the agent home could not be removed: {}", e.toString());
        }
    }

    /** The copy is never there in part, never readable for others, and later than what somebody renews meanwhile. */
    private static void copy(Path source, Path target) {
        createFolder(Objects.requireNonNull(target.getParent()));
        try (Closeable held = LockFiles.hold(target, PATIENCE)) {
            Objects.requireNonNull(held);
            DurableFiles.write(target, SmallFiles.read(source, MAX_TEXT_BYTES));
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            DurableFiles.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }
}
