package skillrunner.application.run;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;

/**
 * A request that has no run yet, since its files have not come.
 *
 * @param id the request
 * @param skill the skill
 * @param engine the engine
 * @param createdAt when it came
 */
public record AwaitingRequest(RequestId id, SkillId skill, EngineId engine, Instant createdAt) {
    /** Refuses null parts. */
    public AwaitingRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(createdAt);
    }
}
