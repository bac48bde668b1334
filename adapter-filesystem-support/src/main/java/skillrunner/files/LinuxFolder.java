package skillrunner.files;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A folder held by a descriptor. Whatever is inside is named by a descriptor of its own first ({@code O_PATH}), judged by
 * that, and only then opened through it, so that nothing can be swapped in between and nothing but a regular file is ever
 * opened. What is mounted inside is told by the kernel's own number of the mount, without asking that file system.
 */
final class LinuxFolder implements FolderHandle {
    private static final int NAME_ONLY = LinuxCalls.O_PATH | LinuxCalls.O_NOFOLLOW | LinuxCalls.O_CLOEXEC;
    private static final int FORMAT = 0170000;
    private static final int READABLE = 0444;
    private static final int OWNER_EXECUTES = 0100;

    private final int descriptor;
    private final Facts facts;

    /** What the kernel says about a file, in the order of {@code struct statx}, which is the same on every processor. */
    private record Facts(
            int mode, int links, long size, Instant modified, long device, boolean knowsMount, long mount) {
        static Facts of(int folder, String name, int flags) {
            byte[] bytes = new byte[LinuxCalls.STATX_BYTES];
            LinuxCalls.statx(
                    folder,
                    name,
                    flags | LinuxCalls.AT_NO_AUTOMOUNT | LinuxCalls.AT_STATX_DONT_SYNC,
                    LinuxCalls.STATX_BASIC_STATS | LinuxCalls.STATX_MNT_ID,
                    bytes);
            ByteBuffer read = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            return new Facts(
                    Short.toUnsignedInt(read.getShort(28)),
                    read.getInt(16),
                    read.getLong(40),
                    Instant.ofEpochSecond(read.getLong(112), read.getInt(120)),
                    read.getLong(136),
                    (read.getInt(0) & LinuxCalls.STATX_MNT_ID) != 0,
                    read.getLong(144));
        }

        EntryKind kind(Facts folder) {
            // Kernels before 5.8 don't number mounts; there another device is one.
            boolean mounted = (knowsMount && folder.knowsMount) ? mount != folder.mount : device != folder.device;
            if (mounted) {
                return EntryKind.MOUNT;
            }
            return switch (mode & FORMAT) {
                case 0100000 -> links == 1 ? EntryKind.FILE : EntryKind.SEVERAL_NAMES;
                case 0040000 -> EntryKind.FOLDER;
                case 0120000 -> EntryKind.LINK;
                case 0010000 -> EntryKind.PIPE;
                case 0140000 -> EntryKind.SOCKET;
                default -> EntryKind.DEVICE;
            };
        }
    }

    private LinuxFolder(int descriptor, Facts facts) {
        this.descriptor = descriptor;
        this.facts = facts;
    }

    /** Holds a folder whose path nobody else can change; links in it are followed. */
    static LinuxFolder trusted(Path folder) throws IOException {
        LinuxFolder opened = opened(
                LinuxCalls.AT_FDCWD, folder.toAbsolutePath().toString(), LinuxCalls.O_PATH | LinuxCalls.O_CLOEXEC);
        if (opened.facts.kind(opened.facts) != EntryKind.FOLDER) {
            opened.close();
            throw new NotDirectoryException(folder.toString());
        }
        return opened;
    }

    @Override
    public Path path() {
        return through(descriptor);
    }

    @Override
    public LinuxFolder folder(String name) throws IOException {
        LinuxFolder inside = opened(descriptor, name, NAME_ONLY);
        if (inside.facts.kind(facts) != EntryKind.FOLDER) {
            inside.close();
            throw new NotDirectoryException(name);
        }
        return inside;
    }

    @Override
    public FoundEntry look(String name) throws IOException {
        try {
            Facts found = Facts.of(descriptor, name, LinuxCalls.AT_SYMLINK_NOFOLLOW);
            EntryKind kind = found.kind(facts);
            if (kind == EntryKind.FILE
                    && (found.mode & READABLE) != READABLE
                    && !Files.isReadable(path().resolve(name))) {
                kind = EntryKind.UNREADABLE;
            }
            return new FoundEntry(name, kind, found.size, found.modified, (found.mode & OWNER_EXECUTES) != 0);
        } catch (LastErrorException e) {
            throw explained(e, name);
        }
    }

    @Override
    public FileChannel file(String name) throws IOException {
        try (LinuxFolder named = opened(descriptor, name, NAME_ONLY)) {
            if (named.facts.kind(facts) != EntryKind.FILE) {
                throw new NoSuchFileException(name);
            }
            return FileChannel.open(through(named.descriptor), StandardOpenOption.READ);
        }
    }

    @Override
    public boolean syncWhole() throws IOException {
        try {
            // A descriptor that only names the folder can't be asked for it.
            int opened = LinuxCalls.openat(descriptor, ".", LinuxCalls.O_CLOEXEC);
            try {
                LinuxCalls.syncfs(opened);
            } finally {
                LinuxCalls.close(opened);
            }
            return true;
        } catch (LastErrorException e) {
            throw explained(e, ".");
        }
    }

    @Override
    public void close() {
        LinuxCalls.close(descriptor);
    }

    private static LinuxFolder opened(int folder, String name, int flags) throws IOException {
        try {
            int descriptor = LinuxCalls.openat(folder, name, flags);
            try {
                return new LinuxFolder(descriptor, Facts.of(descriptor, "", LinuxCalls.AT_EMPTY_PATH));
            } catch (LastErrorException e) {
                LinuxCalls.close(descriptor);
                throw e;
            }
        } catch (LastErrorException e) {
            throw explained(e, name);
        }
    }

    private static IOException explained(LastErrorException e, String name) {
        return switch (e.getErrorCode()) {
            case LinuxCalls.NO_SUCH_FILE, LinuxCalls.NAME_TOO_LONG -> new NoSuchFileException(name);
            case LinuxCalls.NOT_A_FOLDER -> new NotDirectoryException(name);
            case LinuxCalls.ACCESS_DENIED -> new AccessDeniedException(name);
            default -> new FileSystemException(name, null, "error " + e.getErrorCode());
        };
    }

    /** Opening this path opens what the descriptor stands for, whatever its name leads to by now. */
    private static Path through(int descriptor) {
        return Path.of("/proc/self/fd/" + descriptor);
    }
}
