package skillrunner.embedding.settings;

/**
 * How the processes of runs are kept together.
 *
 * @param pidNamespaces whether each run gets a PID namespace where the machine allows it
 */
public record ProcessSettings(boolean pidNamespaces) {
    /** A PID namespace where the machine allows it. */
    public static final ProcessSettings USUAL = new ProcessSettings(true);
}
