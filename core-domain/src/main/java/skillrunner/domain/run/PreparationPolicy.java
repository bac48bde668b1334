package skillrunner.domain.run;

/**
 * When a run is not prepared again: what it needs has ended the server before. Each start of a preparation is counted on
 * disk before it begins, so a start that is not the first tells of a server that died in the one before.
 */
public final class PreparationPolicy {
    /** So many servers may die in the preparation of one run. */
    public static final int MOST_DEATHS = 2;

    private PreparationPolicy() {}

    /**
     * Decides.
     *
     * @param starts how many preparations of the run were started, with the one that is about to begin
     * @return whether it must not begin
     */
    public static boolean refuses(int starts) {
        return starts - 1 >= MOST_DEATHS;
    }
}
