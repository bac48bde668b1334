package skillrunner.e2eclient.run;

import java.util.Objects;
import skillrunner.e2eclient.page.StatusView;

/**
 * A run that is watched.
 *
 * @param id its request's id
 * @param status how it stands
 * @param skill the skill; may be empty
 * @param engine the engine; may be empty
 * @param problem what went wrong with it; may be empty
 * @param ended whether nothing will come any more
 * @param recorded whether there is a recording of it
 */
public record RunView(
        String id, StatusView status, String skill, String engine, String problem, boolean ended, boolean recorded) {
    /** Refuses null parts. */
    public RunView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(status);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(problem);
    }
}
