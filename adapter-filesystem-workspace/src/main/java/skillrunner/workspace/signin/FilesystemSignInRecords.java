package skillrunner.workspace.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.application.signin.SignInRecords;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.SmallFiles;

/**
 * A folder for each session, {@code <transport>/<session>}, with {@code events.jsonl} and {@code session.json}; folders and files are for their owner only.
 * What is a week old is removed at a start. Safe for concurrent use on different sessions.
 */
public final class FilesystemSignInRecords implements SignInRecords {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemSignInRecords.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String EVENTS = "events.jsonl";
    private static final String KEPT_STATE = "session.json";
    private static final int MOST_STATE_BYTES = 1 << 20;

    private final Path root;
    private final JsonText json;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param root the folder of all sessions; made when it is needed
     * @param json writes the lines
     * @param clock dates them
     */
    public FilesystemSignInRecords(Path root, JsonText json, Clock clock) {
        this.root = root.toAbsolutePath();
        this.json = Objects.requireNonNull(json);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public String open(SignInSession session) {
        Path folder = folder(session.way().transport(), session.id());
        try {
            DurableFiles.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.toString();
    }

    @Override
    public void add(SignInSession session, String type, Map<String, ?> facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ts", clock.instant().toString());
        line.put("type", type);
        line.put("transport", session.way().transport().wire());
        line.put("session_id", session.id().value());
        line.putAll(facts);
        ByteBuffer bytes = ByteBuffer.wrap((json.canonical(line) + "\n").getBytes(StandardCharsets.UTF_8));
        Path file = folder(session.way().transport(), session.id()).resolve(EVENTS);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.warn("a line about a sign-in session could not be written: {}", e.toString());
        }
    }

    @Override
    public void keep(KeptSignIn session) {
        try {
            DurableFiles.write(
                    Path.of(folder(session)).resolve(KEPT_STATE), json.pretty(KeptSignInText.values(session)));
        } catch (UncheckedIOException e) {
            LOG.warn("where a sign-in session stands could not be written: {}", e.toString());
        }
    }

    /** {@inheritDoc} What can't be read is left out. */
    @Override
    public List<KeptSignIn> leftBehind() {
        List<KeptSignIn> left = new ArrayList<>();
        for (SignInTransport transport : SignInTransport.values()) {
            try (DirectoryStream<Path> sessions = Files.newDirectoryStream(root.resolve(transport.wire()))) {
                for (Path session : sessions) {
                    read(session).filter(kept -> !kept.letGo()).ifPresent(left::add);
                }
            } catch (NoSuchFileException e) {
                // Nobody has signed in this way yet.
            } catch (IOException e) {
                LOG.warn("earlier sign-in sessions could not be looked at: {}", e.toString());
            }
        }
        return left;
    }

    @Override
    public String folder(KeptSignIn session) {
        return folder(session.transport(), session.id()).toString();
    }

    private Optional<KeptSignIn> read(Path folder) {
        try {
            return json.parseObject(SmallFiles.readText(folder.resolve(KEPT_STATE), MOST_STATE_BYTES))
                    .flatMap(KeptSignInText::read)
                    .filter(kept -> Path.of(folder(kept)).equals(folder));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("what was kept of a sign-in session can't be read: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void discard(SignInId session) {
        for (SignInTransport transport : SignInTransport.values()) {
            FileTrees.remove(folder(transport, session));
        }
    }

    /** Removes what is old. To be called while no session is alive; what can't be removed is logged and stays. */
    public void sweep() {
        Instant oldest = clock.instant().minus(KEPT);
        for (SignInTransport transport : SignInTransport.values()) {
            try (DirectoryStream<Path> sessions = Files.newDirectoryStream(root.resolve(transport.wire()))) {
                for (Path session : sessions) {
                    if (Files.getLastModifiedTime(session, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(oldest)) {
                        FileTrees.remove(session);
                    }
                }
            } catch (NoSuchFileException e) {
                // Nobody has signed in this way yet.
            } catch (IOException e) {
                LOG.warn("old sign-in sessions could not be removed: {}", e.toString());
            }
        }
    }

    private Path folder(SignInTransport transport, SignInId session) {
        return root.resolve(transport.wire()).resolve(session.value());
    }
}
