package skillrunner.commandline.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard output leads to, for a command that can write no more. */
public final class StandardOutput {
    /** What it is called, for programs, that it takes no more. */
    public static final String NOT_WRITTEN = "OUTPUT_NOT_WRITTEN";

    /** The same for people. */
    public static final String NOT_WRITTEN_WORDS = "standard output takes no more; is the disk full?";

    private static final Path HERE = Path.of("/dev/stdout");
    private static final int KIND = 0xF000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xC000;

    private StandardOutput() {}

    /**
     * Tells whether what is written goes to a file or a device, such as a full disk, instead of to a reader who may have had enough.
     *
     * @return true for a file or a device; false also where nobody can tell
     */
    public static boolean isStored() {
        return isStored(HERE);
    }

    static boolean isStored(Path output) {
        try {
            int kind = (int) Files.getAttribute(output, "unix:mode") & KIND;
            return kind != PIPE && kind != SOCKET;
        } catch (IOException | RuntimeException e) {
            // No such file, or a system whose files have no such modes.
            return Files.isRegularFile(output);
        }
    }
}
