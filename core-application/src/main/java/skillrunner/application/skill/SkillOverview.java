package skillrunner.application.skill;

import java.util.List;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;

/**
 * A skill as whoever looks after this server sees it.
 *
 * @param entry what lies in its folder
 * @param effectiveEngines the engines of this server it runs on, in canonical order; empty if its manifest can't be read
 */
public record SkillOverview(SkillEntry entry, List<EngineId> effectiveEngines) {
    /** Copies the list and refuses null parts. */
    public SkillOverview {
        Objects.requireNonNull(entry);
        effectiveEngines = List.copyOf(effectiveEngines);
    }
}
