package skillrunner.http.run;

import java.util.List;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;

/**
 * The list of runs as a page shows it.
 *
 * @param messages the texts
 * @param filter what it is narrowed to
 * @param rows newest first
 * @param awaiting requests that wait for their files, newest first
 * @param older what asks for the runs after these; empty at the end
 */
public record RunListView(
        Messages messages, RunFilterView filter, List<Row> rows, List<Awaiting> awaiting, String older) {
    /** Copies the lists. */
    public RunListView {
        rows = List.copyOf(rows);
        awaiting = List.copyOf(awaiting);
    }

    /**
     * A request that waits for its files or its skill.
     *
     * @param requestId the request
     * @param shortRequestId its first characters
     * @param skill the skill's id, or a word for one that is to come
     * @param asksFor key of what leads to its page
     * @param engine the engine
     * @param created when it came
     * @param rejection why the last package was turned away; may be empty
     */
    public record Awaiting(
            String requestId,
            String shortRequestId,
            String skill,
            String asksFor,
            String engine,
            Moment created,
            String rejection) {}

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
     * @param words what the engine itself says of a failure; may be empty
     * @param cached the word for a request that an earlier run answered; empty for others
     * @param interactions how often it asked its user
     * @param recovery what a restart did to it; may be empty
     * @param created when it was asked for
     * @param updated when it last changed
     * @param duration from the request to the end, or until now
     * @param since from when on a clock runs; empty once it has ended
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
            String words,
            String cached,
            String interactions,
            String recovery,
            Moment created,
            Moment updated,
            String duration,
            String since) {}
}
