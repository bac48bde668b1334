package skillrunner.process.console;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.util.Arrays;

/**
 * What the terminals' library does not offer: typing without waiting. A thread that waits for room in a terminal is not let go when
 * its program ends.
 */
final class TerminalCalls {
    private static final int F_SETFL = 4;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = nonBlocking();
    private static final int EAGAIN = Platform.isLinux() ? 11 : 35;

    private TerminalCalls() {}

    /** The system's own names. */
    private interface C extends Library {
        C CALLS = Native.load(Platform.C_LIBRARY_NAME, C.class);

        int fcntl(int handle, int command, Object... arguments) throws LastErrorException;

        NativeLong write(int handle, byte[] bytes, NativeLong count) throws LastErrorException;
    }

    private static int nonBlocking() {
        if (Platform.isLinux()) {
            return Platform.isMIPS() ? 0x80 : 0x800;
        }
        return 4;
    }

    /** Lets nobody wait in {@link #write}. */
    static void waitForNothing(int terminal) {
        C.CALLS.fcntl(terminal, F_SETFL, O_RDWR | O_NONBLOCK);
    }

    /** Types the rest of something. @return how much of it was taken; -1 if the terminal has no program any more */
    static int write(int terminal, byte[] typed, int from) {
        byte[] rest = Arrays.copyOfRange(typed, from, typed.length);
        try {
            return C.CALLS.write(terminal, rest, new NativeLong(rest.length)).intValue();
        } catch (LastErrorException e) {
            return e.getErrorCode() == EAGAIN ? 0 : -1;
        }
    }
}
