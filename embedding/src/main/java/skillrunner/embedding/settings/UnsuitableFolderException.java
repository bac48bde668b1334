package skillrunner.embedding.settings;

import java.nio.file.Path;
import java.util.Objects;

/** A folder that must be private can't be kept so: it is another user's, shared, or can't be closed to others. */
public final class UnsuitableFolderException extends OpenRefusedException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final String fault;

    /**
     * Names the folder.
     *
     * @param folder the folder of all state, one in it, or the home of the CLIs
     * @param fault what is wrong with it and what helps, as the end of a sentence
     */
    public UnsuitableFolderException(Path folder, String fault) {
        super("the folder " + folder + " " + fault);
        this.folder = Objects.requireNonNull(folder);
        this.fault = Objects.requireNonNull(fault);
    }

    /**
     * Returns which it is.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * Returns what is wrong with it and what helps.
     *
     * @return the end of a sentence that begins with the folder
     */
    public String fault() {
        return fault;
    }
}
