package skillrunner.http.run;

import java.util.List;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;

/**
 * The list of runs as a page shows it.
 *
 * @param messages the texts
 * @param rows newest first
 * @param full whether there may be more runs than are shown
 */
public record RunListView(Messages messages, List<Row> rows, boolean full) {
    /** Copies the list. */
    public RunListView {
        rows = List.copyOf(rows);
    }

    /**
     * One run.
     *
     * @param requestId the request
     * @param shortRequestId its first characters
     * @param runId the run
     * @param skill the skill's id
     * @param temporary the word for a skill that came with its request; empty for an installed one
     * @param engine the engine
     * @param status where it stands
     * @param note what went wrong, or what is awaited; may be empty
     * @param interactions how often it asked its user
     * @param recovery what a restart did to it; may be empty
     * @param created when it was asked for
     * @param updated when it last changed
     * @param duration from the request to the end, or empty while it works
     */
    public record Row(
            String requestId,
            String shortRequestId,
            String runId,
            String skill,
            String temporary,
            String engine,
            StatusView status,
            String note,
            String interactions,
            String recovery,
            Moment created,
            Moment updated,
            String duration) {}
}
