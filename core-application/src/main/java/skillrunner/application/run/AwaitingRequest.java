package skillrunner.application.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.skill.SkillId;

/**
 * A request that has no run yet, since its files, or the skill it brings along, have not come.
 *
 * @param id the request
 * @param skill the skill; empty where it is to come with the request
 * @param engine the engine
 * @param createdAt when it came
 * @param rejection why the last package was turned away, if one was
 */
public record AwaitingRequest(
        RequestId id,
        Optional<SkillId> skill,
        EngineId engine,
        Instant createdAt,
        Optional<PackageRejection> rejection) {
    /** Refuses null parts. */
    public AwaitingRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(rejection);
    }

    /**
     * A request for an installed skill.
     *
     * @param request a request without a run
     * @return what is shown of it
     */
    public static AwaitingRequest of(RunRequest request) {
        return new AwaitingRequest(
                request.id(), Optional.of(request.skill()), request.engine(), request.createdAt(), Optional.empty());
    }

    /**
     * A request that brings its skill along.
     *
     * @param request the request
     * @return what is shown of it
     */
    public static AwaitingRequest of(TempRequest request) {
        return new AwaitingRequest(
                request.id(), Optional.empty(), request.engine(), request.createdAt(), request.rejection());
    }
}
