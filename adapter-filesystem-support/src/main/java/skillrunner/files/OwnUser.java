package skillrunner.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user this process works as, by number: the JDK takes a user that no list of users names, as in many containers, for
 * root.
 */
public final class OwnUser {
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    private OwnUser() {}

    /**
     * Asks a file of this process whose it is; where the kernel shows none, one is made and removed.
     *
     * @return the number
     * @throws IOException if it can't be told
     * @throws UnsupportedOperationException if files have no owners by number here
     */
    public static int id() throws IOException {
        if (Files.isDirectory(SELF)) {
            return ownerOf(SELF);
        }
        Path made = Files.createTempFile("skill-runner-user", null);
        try {
            return ownerOf(made);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Tells whether it is root.
     *
     * @return false also if it can't be told
     */
    public static boolean isRoot() {
        try {
            return id() == ROOT;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Tells whose a file is. Links are followed.
     *
     * @param file the file
     * @return the user's number
     * @throws IOException if it can't be told
     */
    public static int ownerOf(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
