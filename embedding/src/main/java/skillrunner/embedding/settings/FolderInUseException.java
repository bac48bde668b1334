package skillrunner.embedding.settings;

import java.nio.file.Path;
import java.util.Objects;

/** Another runner has the data folder, in this process or another one of this machine. */
public final class FolderInUseException extends OpenRefusedException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;

    /**
     * Names the folder.
     *
     * @param folder the folder of all state
     */
    public FolderInUseException(Path folder) {
        super("another runner uses the data folder " + folder);
        this.folder = Objects.requireNonNull(folder);
    }

    /**
     * Returns what is in use.
     *
     * @return the folder of all state
     */
    public Path folder() {
        return folder;
    }
}
