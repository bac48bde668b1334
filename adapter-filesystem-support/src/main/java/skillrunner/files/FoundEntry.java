package skillrunner.files;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that lies below a folder.
 *
 * @param path its path below that folder, with forward slashes; it may hold any character but NUL
 * @param kind what it is
 * @param size bytes of a file
 * @param modified when its content changed last, as it says itself
 * @param executable whether the owner of a file may execute it
 */
public record FoundEntry(String path, EntryKind kind, long size, Instant modified, boolean executable) {
    /** Refuses null parts. */
    public FoundEntry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(modified);
    }

    /** Something of which no more is known. */
    static FoundEntry unknown(String path, EntryKind kind) {
        return new FoundEntry(path, kind, 0, Instant.EPOCH, false);
    }

    /** The same seen from further above. */
    FoundEntry at(String from) {
        return new FoundEntry(from, kind, size, modified, executable);
    }

    /**
     * Tells whether it is read.
     *
     * @return false for whatever is passed over
     */
    public boolean usable() {
        return kind == EntryKind.FILE || kind == EntryKind.FOLDER;
    }

    /**
     * Returns its last part.
     *
     * @return the name
     */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Tells how deep it lies.
     *
     * @return how many folders lie between; 0 for what lies directly in the folder
     */
    public int depth() {
        return (int) path.chars().filter(c -> c == '/').count();
    }
}
