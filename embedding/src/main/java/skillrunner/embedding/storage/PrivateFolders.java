package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.embedding.settings.OpenRefusedException;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.settings.UnsuitableFolderException;
import skillrunner.files.OwnUser;

/**
 * Keeps what the runner keeps to the user it runs as, whatever mask it was started with: what is missing is made private,
 * and what is wider is mended. What can't be mended stops the start where data and sign-ins lie, and is told elsewhere. For
 * one thread.
 */
public final class PrivateFolders {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolders.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> WRITE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int ROOT = 0;
    private static final int STICKY = 01000;

    /** The system's own: to close one of them would lock everybody else out. */
    private static final Set<Path> SHARED = Set.of(
            Path.of("/"),
            Path.of("/boot"),
            Path.of("/dev"),
            Path.of("/etc"),
            Path.of("/home"),
            Path.of("/media"),
            Path.of("/mnt"),
            Path.of("/opt"),
            Path.of("/opt/homebrew"),
            Path.of("/run"),
            Path.of("/srv"),
            Path.of("/tmp"),
            Path.of("/var"),
            Path.of("/var/lib"),
            Path.of("/var/tmp"));

    private static final Path SYSTEM = Path.of("/usr");

    /** What installations of this program make in an npm prefix; node and npm put more there. */
    private static final Set<String> OURS = Set.of("bin", "versions", "cache");

    private final StorageSettings storage;
    private final int user;

    /**
     * Why a folder is refused.
     *
     * @param reason what is wrong with it, as a sentence without its subject
     * @param remedy what helps
     */
    public record Objection(String reason, String remedy) {
        /** Refuses null parts. */
        public Objection {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(remedy);
        }
    }

    /**
     * Takes the folders.
     *
     * @param storage where they are
     */
    public PrivateFolders(StorageSettings storage) {
        this.storage = Objects.requireNonNull(storage);
        this.user = user();
    }

    /**
     * Tells why a folder that must be private would be refused because of whom it belongs to. Changes nothing.
     *
     * @param folder the data directory or the agent home
     * @return the objection; empty if there is none, or no folder yet
     */
    public Optional<Objection> objection(Path folder) {
        try {
            return Files.isDirectory(folder) ? foreign(folder.toRealPath()) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes a folder, or closes it to others.
     *
     * @throws UnsuitableFolderException if it can't be closed to them, or is another user's
     * @throws skillrunner.application.storage.StoreUnusableException if it can't be made or looked at
     */
    void make(Path folder) {
        try {
            makeMissing(folder);
            Path real = folder.toRealPath();
            Optional<Objection> objection = foreign(real);
            if (objection.isEmpty() && OwnUser.ownerOf(real) == user) {
                objection = close(folder, real)
                        .map(obstacle -> new Objection(
                                obstacle, "mount it so that only this user can read it, or name a folder elsewhere"));
            }
            if (objection.isPresent()) {
                throw refused(folder, objection.get());
            }
        } catch (IOException e) {
            throw DataDirectoryLock.unusable(storage.data(), e);
        } catch (UnsupportedOperationException e) {
            throw refused(
                    folder, new Objection("lies on a file system without permissions", "name a folder elsewhere"));
        }
    }

    /**
     * The same, but what can't be closed is used as it is: skills and models may be another user's or mounted for reading
     * only.
     */
    void makeOrLeave(Path folder) {
        try {
            makeMissing(folder);
            Path real = folder.toRealPath();
            Optional<String> obstacle = foreign(real).map(Objection::reason);
            if (obstacle.isEmpty() && OwnUser.ownerOf(real) == user) {
                obstacle = close(folder, real);
            }
            obstacle.ifPresent(reason -> leave(folder, reason));
        } catch (IOException e) {
            throw DataDirectoryLock.unusable(storage.data(), e);
        } catch (UnsupportedOperationException e) {
            leave(folder, "lies on a file system without permissions");
        }
    }

    /** The same, but what others may have made and use is not closed to them: an npm prefix may be that of all programs. */
    void makeNpmPrefix() {
        Path prefix = storage.npmPrefix();
        try {
            if (!Files.isDirectory(prefix) || prefix.startsWith(storage.agentCache()) || holdsOnlyOurs(prefix)) {
                makeOrLeave(prefix);
            } else if (!FOLDER.containsAll(Files.getPosixFilePermissions(prefix))) {
                leave(prefix, "is not this program's alone");
            }
        } catch (IOException e) {
            throw DataDirectoryLock.unusable(storage.data(), e);
        } catch (UnsupportedOperationException e) {
            leave(prefix, "lies on a file system without permissions");
        }
    }

    /**
     * Closes a file of this user to others. Where there is none, nothing happens.
     *
     * @param file the file
     * @throws OpenRefusedException if it can't be closed to them
     */
    void closeFile(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
                if (!FILE.containsAll(attributes.permissions()) && OwnUser.ownerOf(file) == user) {
                    Files.setPosixFilePermissions(file, FILE);
                }
            }
        } catch (IOException e) {
            throw new OpenRefusedException(file + " is open to other users and can't be closed: " + e.getMessage());
        }
    }

    private Optional<Objection> foreign(Path real) throws IOException {
        if (isShared(real)) {
            return Optional.of(new Objection(
                    "is shared by all users of this machine", "name a folder of its own, it may lie in this one"));
        }
        int owner = OwnUser.ownerOf(real);
        if (owner == user || isOnlyRoots(real, owner)) {
            return Optional.empty();
        }
        return Optional.of(new Objection(
                "belongs to user " + owner + ", who could read and change what is in it",
                "as root run: chown -R " + user + " '" + real + "' && chmod 700 '" + real
                        + "'; or name a folder that does not exist yet, it may lie in this one"));
    }

    private static void makeMissing(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        }
    }

    /** @return what stands in the way; empty if nobody else can look into the folder any more */
    private static Optional<String> close(Path folder, Path real) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
        if (FOLDER.containsAll(permissions)) {
            return Optional.empty();
        }
        try {
            Files.setPosixFilePermissions(real, FOLDER);
        } catch (IOException e) {
            return Optional.of("is open to other users (" + PosixFilePermissions.toString(permissions)
                    + ") and can't be closed: " + e.getMessage());
        }
        if (!FOLDER.containsAll(Files.getPosixFilePermissions(real))) {
            return Optional.of("is open to other users, and its file system does not let it be closed");
        }
        LOG.warn(
                "the folder {} was open to other users ({}) and has been closed to them",
                folder,
                PosixFilePermissions.toString(permissions));
        return Optional.empty();
    }

    private static void leave(Path folder, String obstacle) {
        LOG.warn(
                "the folder {} {}; it is used as it is, and whoever may write there decides what is run",
                folder,
                obstacle);
    }

    private static boolean isOnlyRoots(Path real, int owner) throws IOException {
        return owner == ROOT && Files.getPosixFilePermissions(real).stream().noneMatch(WRITE_BY_OTHERS::contains);
    }

    private static boolean holdsOnlyOurs(Path prefix) throws IOException {
        try (Stream<Path> entries = Files.list(prefix)) {
            return !isShared(prefix.toRealPath())
                    && entries.allMatch(
                            entry -> OURS.contains(entry.getFileName().toString()));
        }
    }

    private static int user() {
        try {
            return OwnUser.id();
        } catch (IOException | UnsupportedOperationException e) {
            throw new OpenRefusedException("it can't be told which user this is: " + e.getMessage());
        }
    }

    private static boolean isShared(Path real) throws IOException {
        return SHARED.contains(real)
                || real.startsWith(SYSTEM)
                || ((Integer) Files.getAttribute(real, "unix:mode") & STICKY) != 0;
    }

    private static UnsuitableFolderException refused(Path folder, Objection objection) {
        return new UnsuitableFolderException(folder, objection.reason() + "; " + objection.remedy());
    }
}
