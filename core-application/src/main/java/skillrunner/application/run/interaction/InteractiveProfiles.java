package skillrunner.application.run.interaction;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.Attempts;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;

/** Tells how answers reach the engine of a run: as its turns were begun, and before the first one as they will be. Safe for concurrent use. */
public final class InteractiveProfiles {
    private final Attempts attempts;
    private final Engines engines;

    /**
     * Asks both.
     *
     * @param attempts say how turns were begun
     * @param engines say how they will be
     */
    public InteractiveProfiles(Attempts attempts, Engines engines) {
        this.attempts = Objects.requireNonNull(attempts);
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Finds the profile of a run.
     *
     * @param run the run
     * @param request its request
     * @return the profile, or empty if the run may not ask
     */
    public Optional<InteractiveProfile> of(Run run, RunRequest request) {
        InteractiveProfile.Kind kind = Stream.of(run.attempt(), run.attempt() - 1)
                .filter(number -> number > 0)
                .flatMap(number -> attempts.find(run.id(), number).stream())
                .findFirst()
                .map(Attempt::kind)
                .orElseGet(() -> engines.interactiveKind(run.engine()));
        return InteractiveProfile.of(request.options(), kind);
    }
}
