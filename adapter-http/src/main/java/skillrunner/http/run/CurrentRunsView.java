package skillrunner.http.run;

import java.util.List;
import java.util.Objects;

/**
 * What somebody who comes in wants to know first: what works, what needs a person, what failed lately.
 *
 * @param groups those that have runs
 */
public record CurrentRunsView(List<Group> groups) {
    /** Copies the list. */
    public CurrentRunsView {
        groups = List.copyOf(groups);
    }

    /**
     * Runs of one kind.
     *
     * @param name names the kind for styles and tests
     * @param title the same for people
     * @param rows newest first
     */
    public record Group(String name, String title, List<RunListView.Row> rows) {
        /** Copies the list and refuses null parts. */
        public Group {
            Objects.requireNonNull(name);
            Objects.requireNonNull(title);
            rows = List.copyOf(rows);
        }
    }
}
