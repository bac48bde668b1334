package skillrunner.application.run;

import java.util.List;
import java.util.Objects;

/** Lists the runs to whoever looks after them. Safe for concurrent use. */
public final class ListRuns {
    /** So many are listed if nobody says how many. */
    public static final int DEFAULT_LIMIT = 200;

    /** More can't be asked for at once. */
    public static final int MAX_LIMIT = 1000;

    private final Runs runs;

    /**
     * Takes its collaborator.
     *
     * @param runs has them
     */
    public ListRuns(Runs runs) {
        this.runs = Objects.requireNonNull(runs);
    }

    /**
     * Lists the requests that have a run.
     *
     * @param limit at most so many, from 1 to {@value #MAX_LIMIT}
     * @return newest request first
     */
    public List<RunListing> newest(int limit) {
        return runs.newest(limit);
    }
}
