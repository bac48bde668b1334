package skillrunner.application.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;

/**
 * Which part of the list of runs somebody wants to see.
 *
 * @param statuses only runs in one of these; empty for any
 * @param skill only runs of this skill
 * @param engine only runs on this engine
 * @param since only requests that came at this moment or later
 * @param before only what is listed after the entry with this number; empty for the beginning
 * @param limit at most so many entries
 */
public record RunQuery(
        Set<RunStatus> statuses,
        Optional<SkillId> skill,
        Optional<EngineId> engine,
        Optional<Instant> since,
        Optional<Long> before,
        int limit) {
    /** Copies the set and refuses null parts and a limit below one. */
    public RunQuery {
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(since);
        Objects.requireNonNull(before);
        statuses = Set.copyOf(statuses);
        if (limit < 1) {
            throw new IllegalArgumentException("a list has at least one entry");
        }
    }

    /**
     * Asks for the beginning of the whole list.
     *
     * @param limit at most so many entries
     * @return the query
     */
    public static RunQuery newest(int limit) {
        return new RunQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    /**
     * Asks for another number of entries.
     *
     * @param entries at most so many
     * @return the same query with it
     */
    RunQuery atMost(int entries) {
        return new RunQuery(statuses, skill, engine, since, before, entries);
    }

    /**
     * Tells whether requests without a run may be shown with the list.
     *
     * @return false if it begins further down, or names statuses of runs
     */
    boolean showsAwaiting() {
        return before.isEmpty() && statuses.isEmpty();
    }
}
