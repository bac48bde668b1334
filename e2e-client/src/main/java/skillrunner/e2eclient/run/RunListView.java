package skillrunner.e2eclient.run;

import java.util.List;
import java.util.Objects;
import skillrunner.e2eclient.page.StatusView;

/**
 * The runs that were started here.
 *
 * @param rows the runs, those that changed last first
 * @param pager what is before and after them
 */
public record RunListView(List<Row> rows, PagerView pager) {
    /** Copies the list. */
    public RunListView {
        rows = List.copyOf(rows);
        Objects.requireNonNull(pager);
    }

    /**
     * One run.
     *
     * @param id its request's id
     * @param run address of its page; empty for what is no id
     * @param recording address of its recording
     * @param skill the skill
     * @param engine the engine; may be empty
     * @param status how it stands now
     * @param why why that is not known; may be empty
     * @param createdAt when it was asked for, in RFC 3339
     * @param steps how many steps are recorded
     */
    public record Row(
            String id,
            String run,
            String recording,
            String skill,
            String engine,
            StatusView status,
            String why,
            String createdAt,
            int steps) {}
}
