package skillrunner.application.skill;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.skill.SkillManifest;

/**
 * A folder among the skills, whether it can be run or not.
 *
 * @param id name of the folder, which is the skill's id if it can be run
 * @param name shown to people
 * @param description shown to people; may be empty
 * @param manifest its manifest, if that could be read
 * @param installed the skill, if it can be run
 * @param location where its folder lies, in the store's own terms
 * @param installedAt when its folder last changed
 * @param plain whether it holds instructions for an agent and no manifest, so that a package can be made of it
 * @param problems why it can't be run, without a path of the server; empty if it can
 */
public record SkillEntry(
        String id,
        String name,
        String description,
        Optional<SkillManifest> manifest,
        Optional<InstalledSkill> installed,
        String location,
        Instant installedAt,
        boolean plain,
        List<String> problems) {
    /** Copies the list and refuses a skill that can be run in spite of problems, or can't without any. */
    public SkillEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(description);
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(location);
        Objects.requireNonNull(installedAt);
        problems = List.copyOf(problems);
        if (installed.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a skill can be run exactly if it has no problems");
        }
    }

    /**
     * Tells whether the skill can be run.
     *
     * @return true if it can
     */
    public boolean healthy() {
        return problems.isEmpty();
    }

    /**
     * Tells the same in a word.
     *
     * @return the word
     */
    public SkillHealth health() {
        return healthy() ? SkillHealth.HEALTHY : SkillHealth.DEGRADED;
    }

    /**
     * Returns all problems in one line.
     *
     * @return the problems, or empty if there are none
     */
    public Optional<String> healthError() {
        return healthy() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
