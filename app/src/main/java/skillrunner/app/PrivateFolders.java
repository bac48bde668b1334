package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.store.DataDirectoryLock;

/**
 * Keeps what the server keeps to the user it runs as, whatever mask it was started with: what is missing is made private,
 * what is wider is mended, and what can't be mended stops the start. For one thread.
 */
final class PrivateFolders {
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

    private final Path data;
    private final int user;

    PrivateFolders(Path data) {
        this.data = Objects.requireNonNull(data);
        this.user = user();
    }

    /**
     * Makes a folder, or closes it to others.
     *
     * @throws StartRefusedException if it can't be closed to them, or is another user's
     * @throws skillrunner.application.storage.StoreUnusableException if it can't be made or looked at
     */
    void make(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
            Path real = folder.toRealPath();
            if (isShared(real)) {
                throw refused(folder, "is shared by all users of this machine; name a folder of its own");
            }
            close(folder, real);
        } catch (IOException e) {
            throw DataDirectoryLock.unusable(data, e);
        } catch (UnsupportedOperationException e) {
            throw refused(folder, "lies on a file system without permissions");
        }
    }

    /** The same, but one that others share as well is left as it is: an npm prefix may be the system's own. */
    void makeUnlessShared(Path folder) {
        try {
            if (!Files.isDirectory(folder) || !isShared(folder.toRealPath())) {
                make(folder);
            }
        } catch (IOException e) {
            throw DataDirectoryLock.unusable(data, e);
        }
    }

    /** Closes a file of this user to others. Where there is none, nothing happens. */
    void closeFile(Path file) {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
                if (!FILE.containsAll(attributes.permissions()) && owner(file) == user) {
                    Files.setPosixFilePermissions(file, FILE);
                }
            }
        } catch (IOException e) {
            throw refused(file, "is open to other users and can't be closed: " + e.getMessage());
        }
    }

    private void close(Path folder, Path real) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
        int owner = owner(real);
        if (owner != user) {
            boolean onlyRoots = owner == ROOT && permissions.stream().noneMatch(WRITE_BY_OTHERS::contains);
            if (onlyRoots) {
                return;
            }
            throw refused(folder, "belongs to another user, who could change what is in it");
        }
        if (FOLDER.containsAll(permissions)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(real, FOLDER);
        } catch (IOException e) {
            throw refused(folder, "is open to other users and can't be closed: " + e.getMessage());
        }
        if (!FOLDER.containsAll(Files.getPosixFilePermissions(real))) {
            throw refused(folder, "is open to other users, and its file system does not let it be closed");
        }
        LOG.warn(
                "the folder {} was open to other users ({}) and has been closed to them",
                folder,
                PosixFilePermissions.toString(permissions));
    }

    /** Asked of a file of ours: the JDK takes a user that no list of users names, as in many containers, for root. */
    private static int user() {
        try {
            Path self = Path.of("/proc/self");
            if (Files.isDirectory(self)) {
                return owner(self);
            }
            Path made = Files.createTempFile("skill-runner-user", null);
            try {
                return owner(made);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartRefusedException("it can't be told which user this is: " + e.getMessage());
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    private static boolean isShared(Path real) throws IOException {
        return SHARED.contains(real)
                || real.startsWith(SYSTEM)
                || ((Integer) Files.getAttribute(real, "unix:mode") & STICKY) != 0;
    }

    private static StartRefusedException refused(Path path, String reason) {
        return new StartRefusedException(path + " " + reason);
    }
}
