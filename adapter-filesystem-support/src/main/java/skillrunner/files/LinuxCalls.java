package skillrunner.files;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The system calls of Linux that the JDK has no words for. They are bound when this class is used first, which takes a tenth
 * of a second once.
 */
final class LinuxCalls {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;
    /** Answer from what is known: a file system that hangs is not asked. */
    static final int AT_STATX_DONT_SYNC = 0x4000;

    static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_MNT_ID = 0x1000;
    static final int STATX_BYTES = 256;

    static final int NO_SUCH_FILE = 2;
    static final int ACCESS_DENIED = 13;
    static final int NOT_A_FOLDER = 20;
    static final int NAME_TOO_LONG = 36;
    private static final int NO_SPACE = 28;
    private static final int QUOTA_USED_UP = 122;
    private static final int OWNER_ONLY = 0700;

    static final int O_CLOEXEC = 0x80000;
    /** A handle that names a thing without opening it: nothing is read, no pipe waits, no device notices. */
    static final int O_PATH = 0x200000;
    /** The one flag that has another value on some processors. */
    static final int O_NOFOLLOW = Platform.isARM() || Platform.isPPC() ? 0x8000 : 0x20000;

    static {
        Native.register(LinuxCalls.class, NativeLibrary.getProcess());
    }

    private LinuxCalls() {}

    static native int openat(int folder, String name, int flags) throws LastErrorException;

    static native int close(int handle) throws LastErrorException;

    static native int syncfs(int handle) throws LastErrorException;

    static native int statx(int folder, String name, int flags, int mask, byte[] facts) throws LastErrorException;

    static native int mkdirat(int folder, String name, int mode) throws LastErrorException;

    /**
     * Makes a folder. Whether space, inodes or quota lack for it the kernel says by a number, which the JDK keeps for itself.
     */
    static boolean hasRoomForFolder(Path absent) {
        try {
            mkdirat(AT_FDCWD, absent.toAbsolutePath().toString(), OWNER_ONLY);
            return true;
        } catch (LastErrorException e) {
            return e.getErrorCode() != NO_SPACE && e.getErrorCode() != QUOTA_USED_UP;
        }
    }

    /** Tells whether all of them work here; an old kernel, a sandbox or another system may lack one. */
    static boolean work() {
        if (!Platform.isLinux() || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return false;
        }
        try (LinuxFolder root = LinuxFolder.trusted(Path.of("/"))) {
            return Files.isDirectory(root.path());
        } catch (IOException e) {
            return false;
        }
    }
}
