package skillrunner.http.skill;

import java.util.List;

/**
 * The list of skills as a page shows it.
 *
 * @param rows the skills by id
 */
public record SkillListView(List<Row> rows) {
    /** Copies the list. */
    public SkillListView {
        rows = List.copyOf(rows);
    }

    /**
     * One skill.
     *
     * @param id its id
     * @param name what people call it
     * @param purpose what it is for; may be empty
     * @param version its version, or empty
     * @param engines the engines it runs on
     * @param health wire name of its health, which chooses the colours
     * @param healthLabel the same for people
     * @param problem what is wrong with it; empty if nothing is
     * @param address its page
     * @param runnable whether it can be run
     * @param adopt where a package can be made of it; empty if it can't
     * @param highlighted whether it was just installed
     */
    public record Row(
            String id,
            String name,
            String purpose,
            String version,
            String engines,
            String health,
            String healthLabel,
            String problem,
            String address,
            boolean runnable,
            String adopt,
            boolean highlighted) {}
}
