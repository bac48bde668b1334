package skillrunner.http.run;

import java.util.Objects;

/**
 * The page of a run.
 *
 * @param run the run
 * @param files its files
 */
public record RunPageView(RunView run, RunFilesView files) {
    /** Refuses null parts. */
    public RunPageView {
        Objects.requireNonNull(run);
        Objects.requireNonNull(files);
    }
}
