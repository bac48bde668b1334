package skillrunner.application.file;

import java.util.List;

/**
 * What a folder holds, depth first: folders before files, each by name whatever its case. Links are leaves and are not
 * followed.
 *
 * @param entries the entries
 * @param truncated whether there are more than are named
 */
public record FileTree(List<FileEntry> entries, boolean truncated) {
    /** Copies the list. */
    public FileTree {
        entries = List.copyOf(entries);
    }
}
