package skillrunner.application.file;

import java.util.Objects;

/**
 * A file or folder below some folder.
 *
 * @param path its path below that folder, with forward slashes
 * @param name its last part
 * @param directory whether it is a folder; a link never is one
 * @param depth how many folders lie between; 0 for what lies directly in the folder
 */
public record FileEntry(String path, String name, boolean directory, int depth) {
    /** Refuses null parts. */
    public FileEntry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(name);
    }
}
