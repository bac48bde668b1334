package skillrunner.domain.run;

/** What a bundle of a run holds. */
public enum BundleKind {
    /** What the run came to: its result and its artifacts. */
    RESULT("run_bundle.zip", "bundle/manifest.json"),
    /** Everything of the run, for whoever wants to know how it came to that. */
    DEBUG("run_bundle_debug.zip", "bundle/manifest_debug.json");

    private final String fileName;
    private final String manifest;

    BundleKind(String fileName, String manifest) {
        this.fileName = fileName;
        this.manifest = manifest;
    }

    /**
     * Tells which bundle a client gets.
     *
     * @param options how the client wanted its run
     * @return the kind
     */
    public static BundleKind of(RuntimeOptions options) {
        return options.debug() ? DEBUG : RESULT;
    }

    /**
     * Returns the name under which it is saved.
     *
     * @return a file name
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Returns the path of its table of contents.
     *
     * @return path inside the bundle
     */
    public String manifest() {
        return manifest;
    }
}
