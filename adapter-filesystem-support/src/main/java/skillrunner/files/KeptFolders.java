package skillrunner.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folders of this process that are not made again once they are gone, such as a data directory that is in use. Whoever still writes below
 * one would otherwise bring it back without what was in it, and it would look as if another had been put in its place. Safe for
 * concurrent use.
 */
public final class KeptFolders {
    private static final Set<Path> KEPT = ConcurrentHashMap.newKeySet();

    /** A folder that is kept until this is closed. */
    public interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    private KeptFolders() {}

    /**
     * From now on nothing here makes this folder, or one below it while it is missing.
     *
     * @param folder a folder that exists and that this process alone keeps
     * @return to be closed when others may make it again
     * @throws IOException if it can't be looked at
     */
    public static Kept keep(Path folder) throws IOException {
        Set<Path> names = new HashSet<>();
        names.add(folder.toAbsolutePath().normalize());
        names.add(folder.toRealPath());
        KEPT.addAll(names);
        return () -> KEPT.removeAll(names);
    }

    /**
     * Refuses to make a folder that is kept.
     *
     * @throws NoSuchFileException if it is
     */
    static void requireOther(Path missing) throws NoSuchFileException {
        if (KEPT.contains(missing.toAbsolutePath().normalize())) {
            throw new NoSuchFileException(missing.toString(), null, "the folder is gone");
        }
    }
}
