package skillrunner.e2eclient.run;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.e2eclient.page.StatusView;

/**
 * What a run came to.
 *
 * @param id its request's id
 * @param status how it ended; null while there is no result
 * @param result the result as JSON; empty while there is none
 * @param note why there is none; may be empty
 * @param artifacts the files it was asked for
 * @param tree everything it left
 * @param treeNote why there is no tree, or not all of it; may be empty
 * @param preview the file that is looked at; null for none
 */
public record ResultView(
        String id,
        @Nullable StatusView status,
        String result,
        String note,
        List<Link> artifacts,
        List<Entry> tree,
        String treeNote,
        @Nullable PreviewView preview) {
    /** Copies the lists and refuses null parts. */
    public ResultView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(result);
        Objects.requireNonNull(note);
        Objects.requireNonNull(treeNote);
        artifacts = List.copyOf(artifacts);
        tree = List.copyOf(tree);
    }

    /**
     * A file to download.
     *
     * @param label its path
     * @param address where it is
     */
    public record Link(String label, String address) {}

    /**
     * A file or folder.
     *
     * @param label its name
     * @param address where its content is shown; empty for a folder
     * @param depth how many folders lie above it
     * @param current whether it is the one that is shown
     */
    public record Entry(String label, String address, int depth, boolean current) {}
}
