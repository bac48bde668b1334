package skillrunner.e2eclient.run;

import java.util.List;
import java.util.Objects;
import skillrunner.e2eclient.page.StatusView;

/**
 * One step of a recording.
 *
 * @param id the run's request
 * @param run address of the run's page
 * @param json address of the whole recording
 * @param skill the skill; may be empty
 * @param steps all steps, of which one is shown
 * @param number which step it is, from 1 on; 0 if there is none
 * @param action what was done, in words
 * @param status whether the server did it
 * @param at when, in RFC 3339
 * @param request what was sent, as JSON
 * @param response what was answered, as JSON
 * @param previous address of the step before; empty if there is none
 * @param next address of the step after; empty if there is none
 * @param finished whether the result was seen
 */
public record ReplayView(
        String id,
        String run,
        String json,
        String skill,
        List<Step> steps,
        int number,
        String action,
        StatusView status,
        String at,
        String request,
        String response,
        String previous,
        String next,
        boolean finished) {
    /** Copies the list and refuses null parts. */
    public ReplayView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(run);
        Objects.requireNonNull(json);
        Objects.requireNonNull(skill);
        steps = List.copyOf(steps);
        Objects.requireNonNull(action);
        Objects.requireNonNull(status);
        Objects.requireNonNull(at);
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(next);
    }

    /**
     * A step as the list of steps shows it.
     *
     * @param number which one it is, from 1 on
     * @param label what was done, in words
     * @param address where it is shown
     * @param ok whether the server did it
     */
    public record Step(int number, String label, String address, boolean ok) {}
}
