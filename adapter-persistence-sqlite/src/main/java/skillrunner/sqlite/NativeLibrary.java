package skillrunner.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The part of SQLite that is machine code. Without more, the driver asks a program for the kind of system, unpacks the library
 * and compares it byte by byte at every start, which takes as long as everything else it does there.
 */
public final class NativeLibrary {
    /**
     * The system property that names the folder to which the driver unpacks the library if nobody has put it aside; a process
     * that is killed leaves it there. It is read when the first database is opened.
     */
    public static final String UNPACKED_TO = "org.sqlite.tmpdir";

    /** The system property that names the folder in which the library was put aside. */
    public static final String PUT_ASIDE_IN = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * Tells whether the library could be loaded from a folder if it is unpacked there: not if nothing can be written there, or
     * its file system is mounted with {@code noexec}.
     *
     * @param folder a folder
     * @return whether files can be made there and executed
     */
    public static boolean canBeLoadedFrom(Path folder) {
        try {
            Path probe = Files.createTempFile(folder, "probe", ".tmp");
            try {
                // The system answers for the file system as well, also to root.
                return probe.toFile().setExecutable(true) && Files.isExecutable(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Puts the library of this machine aside. The driver takes it from there if the system property
     * {@link #PUT_ASIDE_IN} names the folder, and from its own archive if it can't.
     *
     * @param folder an existing folder
     * @throws IOException if it can't be written
     */
    public static void unpackInto(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                Files.copy(library, folder.resolve(name));
            }
        }
    }
}
