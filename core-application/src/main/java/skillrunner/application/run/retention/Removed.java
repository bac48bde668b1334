package skillrunner.application.run.retention;

/**
 * What is gone.
 *
 * @param runs runs
 * @param requests requests, those that were served by these runs and those that never got their files
 * @param cacheEntries answers that were kept to be told again
 */
public record Removed(long runs, long requests, long cacheEntries) {
    /** Nothing. */
    public static final Removed NOTHING = new Removed(0, 0, 0);

    /**
     * Adds.
     *
     * @param other what is gone as well
     * @return both
     */
    public Removed and(Removed other) {
        return new Removed(runs + other.runs, requests + other.requests, cacheEntries + other.cacheEntries);
    }
}
