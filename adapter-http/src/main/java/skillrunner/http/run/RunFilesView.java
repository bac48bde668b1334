package skillrunner.http.run;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.file.PreviewView;
import skillrunner.http.file.TreeView;

/**
 * The files of a run as its page shows them.
 *
 * @param requestId the request
 * @param tree what there is
 * @param preview the file that is shown, or null
 */
public record RunFilesView(String requestId, TreeView tree, @Nullable PreviewView preview) {
    /** Refuses null parts. */
    public RunFilesView {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(tree);
    }
}
