package skillrunner.workspace.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.terminal.ScreenFile;
import skillrunner.application.terminal.TerminalFolders;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.SafePath;
import skillrunner.files.SmallFiles;

/**
 * A folder for each session, named after it, and beside it, where its engine has no business, a record while it is not ended whole:
 * {@code <session>.json}; and, while it is alive, the end of what it showed: {@code <session>.screen}. What is a week old is removed at a start. Safe for concurrent use on different sessions.
 */
public final class FilesystemTerminalFolders implements TerminalFolders {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemTerminalFolders.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String RECORD = ".json";
    private static final String SCREEN = ".screen";
    private static final int MAX_RECORD_BYTES = 16 * 1024;

    private final Path root;
    private final JsonText json;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param root the folder of all sessions; made when it is needed
     * @param json writes and reads the records
     * @param clock tells what is old
     */
    public FilesystemTerminalFolders(Path root, JsonText json, Clock clock) {
        this.root = root.toAbsolutePath();
        this.json = Objects.requireNonNull(json);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public String make(TerminalId id, EngineId engine) {
        Path folder = folder(id);
        try {
            DurableFiles.createDirectories(root);
            String record = json.pretty(Map.of("session_id", id.value(), "engine", engine.wire()));
            DurableFiles.write(record(id), record);
            DurableFiles.createDirectories(folder);
            return folder.toRealPath().toString();
        } catch (IOException e) {
            discard(id);
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            discard(id);
            throw e;
        }
    }

    @Override
    public void write(TerminalId id, Map<String, String> files) {
        Path folder = folder(id);
        files.forEach((path, content) -> {
            Path file = SafePath.below(folder, path).orElseThrow();
            try {
                Path parent = Objects.requireNonNull(file.getParent());
                DurableFiles.createDirectoriesUnsynced(parent);
                // A program that ran here before may have put a link there.
                if (!parent.equals(folder) && !SafePath.reallyBelow(folder, parent)) {
                    throw new IOException(parent + " leads elsewhere");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            DurableFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Override
    public ScreenFile screen(TerminalId id) {
        return new ScreenInFile(screenOf(id));
    }

    @Override
    public void finish(TerminalId id) {
        try {
            FileTrees.remove(screenOf(id));
            Files.deleteIfExists(record(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void discard(TerminalId id) {
        FileTrees.remove(folder(id));
        finish(id);
    }

    @Override
    public List<Unfinished> unfinished() {
        List<Unfinished> all = new ArrayList<>();
        try (DirectoryStream<Path> records = Files.newDirectoryStream(root, "*" + RECORD)) {
            for (Path record : records) {
                read(record).ifPresent(all::add);
            }
        } catch (NoSuchFileException e) {
            // Nobody has used a terminal yet.
        } catch (IOException e) {
            LOG.warn("unfinished terminal sessions could not be looked for: {}", e.toString());
        }
        return all;
    }

    /** A record that can't be read still names its session by its own name; nobody knows the engine then, and none is asked. */
    private Optional<Unfinished> read(Path record) {
        String name = record.getFileName().toString();
        Optional<TerminalId> id = TerminalId.parse(name.substring(0, name.length() - RECORD.length()));
        return id.map(known -> {
            EngineId engine = facts(record)
                    .map(facts -> String.valueOf(facts.get("engine")))
                    .flatMap(EngineId::parse)
                    .orElse(EngineId.CODEX);
            Path folder = folder(known);
            return new Unfinished(known, engine, real(folder));
        });
    }

    private Optional<Map<String, Object>> facts(Path record) {
        try {
            return json.parseObject(SmallFiles.readText(record, MAX_RECORD_BYTES));
        } catch (IOException e) {
            LOG.warn("the record of a terminal session can't be read: {}", e.toString());
            return Optional.empty();
        }
    }

    private static String real(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            return folder.toString();
        }
    }

    /** Removes what is old, and what was kept of screens. To be called while no session is alive; what can't be removed is logged and stays. */
    public void sweep() {
        Instant oldest = clock.instant().minus(KEPT);
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(root)) {
            for (Path session : sessions) {
                boolean old = Files.getLastModifiedTime(session, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(oldest);
                boolean folder = Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS);
                if ((old && folder) || session.toString().endsWith(SCREEN)) {
                    FileTrees.remove(session);
                }
            }
        } catch (NoSuchFileException e) {
            // Nobody has used a terminal yet.
        } catch (IOException e) {
            LOG.warn("folders of old terminal sessions could not be removed: {}", e.toString());
        }
    }

    private Path folder(TerminalId id) {
        return root.resolve(id.value());
    }

    private Path screenOf(TerminalId id) {
        return root.resolve(id.value() + SCREEN);
    }

    private Path record(TerminalId id) {
        return root.resolve(id.value() + RECORD);
    }
}
