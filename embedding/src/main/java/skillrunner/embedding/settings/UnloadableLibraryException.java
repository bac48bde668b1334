package skillrunner.embedding.settings;

import java.util.Objects;

/** A library of the system can be loaded from nowhere: the folders it could be unpacked to take no files, or execute none. */
public final class UnloadableLibraryException extends OpenRefusedException {
    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String property;

    /**
     * Says what was tried.
     *
     * @param fault what is wrong, as a sentence
     * @param property the system property that names another folder
     */
    public UnloadableLibraryException(String fault, String property) {
        super(fault + "; name another folder with the system property " + property);
        this.fault = Objects.requireNonNull(fault);
        this.property = Objects.requireNonNull(property);
    }

    /**
     * Returns what is wrong.
     *
     * @return a sentence
     */
    public String fault() {
        return fault;
    }

    /**
     * Returns what helps.
     *
     * @return the system property that names another folder
     */
    public String property() {
        return property;
    }
}
