package skillrunner.http.page;

import java.util.Objects;

/**
 * A refused request as a page shows it.
 *
 * @param status HTTP status
 * @param code stable name of the reason
 * @param title what is wrong
 * @param help what that means and what to do
 * @param run address of the run that it is about; empty if it is about none that is known
 */
public record ProblemView(int status, String code, String title, String help, String run) {
    /** Refuses null parts. */
    public ProblemView {
        Objects.requireNonNull(code);
        Objects.requireNonNull(title);
        Objects.requireNonNull(help);
        Objects.requireNonNull(run);
    }
}
