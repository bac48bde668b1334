package skillrunner.files;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lies below a folder, depth first: folders before everything else, each by name whatever its case.
 *
 * @param entries the entries, also those that are passed over
 * @param complete false if there is more or deeper than was asked for
 */
public record FolderListing(List<FoundEntry> entries, boolean complete) {
    /** Copies the list. */
    public FolderListing {
        entries = List.copyOf(entries);
    }

    /**
     * Returns the regular files.
     *
     * @return those that can be opened
     */
    public List<FoundEntry> files() {
        return entries.stream().filter(entry -> entry.kind() == EntryKind.FILE).toList();
    }

    /**
     * Counts what is passed over.
     *
     * @return kind to number; names are left out, since whoever made them chose them
     */
    public Map<EntryKind, Long> passedOver() {
        return entries.stream()
                .filter(entry -> !entry.usable())
                .collect(Collectors.groupingBy(FoundEntry::kind, TreeMap::new, Collectors.counting()));
    }
}
