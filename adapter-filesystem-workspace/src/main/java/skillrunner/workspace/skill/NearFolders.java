package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.files.PatientLooks;

/**
 * Tells which folders lie on a disk of this machine, which always answers, from those that may keep whoever looks at them
 * waiting: behind a network, behind a program, behind a link. What was found out about a root is kept. Safe for concurrent
 * use.
 */
final class NearFolders {
    private static final Set<String> DISKS = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "bcachefs",
            "jfs",
            "reiserfs",
            "tmpfs",
            "overlay",
            "squashfs",
            "erofs",
            "apfs",
            "hfs",
            "NTFS");

    private final Map<Path, Boolean> roots = new ConcurrentHashMap<>();

    /**
     * Tells whether a root lies on a disk.
     *
     * @param root a folder; it may be absent
     * @param patience how long to wait where that is not known
     * @return true if it does
     * @throws IOException if it can't be found out, or does not answer
     */
    boolean holds(Path root, Duration patience) throws IOException {
        Boolean known = roots.get(root);
        return known == null ? PatientLooks.at(root, patience, () -> lookedAt(root)) : known;
    }

    /** Tells whether a folder lies on the disk of its root. To be asked where one may wait. */
    boolean holds(Path root, Path folder) throws IOException {
        return lookedAt(root)
                && !Files.isSymbolicLink(folder)
                && Objects.equals(device(root.toRealPath()), device(folder));
    }

    private boolean lookedAt(Path root) throws IOException {
        Boolean known = roots.get(root);
        if (known == null && Files.isDirectory(root)) {
            known = DISKS.contains(Files.getFileStore(root).type());
            roots.put(root, known);
        }
        return known != null && known;
    }

    private static Object device(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS)
                : folder.getFileSystem();
    }
}
