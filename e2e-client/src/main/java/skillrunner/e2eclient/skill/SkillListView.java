package skillrunner.e2eclient.skill;

import java.util.List;
import java.util.Objects;
import skillrunner.e2eclient.page.StatusView;

/**
 * The skills of the server.
 *
 * @param rows the skills
 * @param backend the server's address
 */
public record SkillListView(List<Row> rows, String backend) {
    /** Copies the list. */
    public SkillListView {
        rows = List.copyOf(rows);
        Objects.requireNonNull(backend);
    }

    /**
     * One skill.
     *
     * @param id its id
     * @param name what people call it
     * @param purpose what it is for; may be empty
     * @param version its version; may be empty
     * @param engines the engines it runs on
     * @param health how it is
     * @param problem why it can't be run; may be empty
     * @param run address of the form that runs it; empty if it can't be run
     */
    public record Row(
            String id,
            String name,
            String purpose,
            String version,
            String engines,
            StatusView health,
            String problem,
            String run) {
        /** Refuses null parts. */
        public Row {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
            Objects.requireNonNull(purpose);
            Objects.requireNonNull(version);
            Objects.requireNonNull(engines);
            Objects.requireNonNull(health);
            Objects.requireNonNull(problem);
            Objects.requireNonNull(run);
        }
    }
}
