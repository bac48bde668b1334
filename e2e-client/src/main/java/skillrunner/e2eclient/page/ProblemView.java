package skillrunner.e2eclient.page;

import java.util.List;
import java.util.Objects;

/**
 * A refused request as a page shows it.
 *
 * @param status HTTP status
 * @param code stable name of the reason
 * @param title what is wrong
 * @param detail what was said about it
 * @param faults what was wrong field by field
 */
public record ProblemView(int status, String code, String title, String detail, List<String> faults) {
    /** Copies the list and refuses null parts. */
    public ProblemView {
        Objects.requireNonNull(code);
        Objects.requireNonNull(title);
        Objects.requireNonNull(detail);
        faults = List.copyOf(faults);
    }
}
