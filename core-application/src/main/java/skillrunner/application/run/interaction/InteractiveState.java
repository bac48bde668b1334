package skillrunner.application.run.interaction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.RunStatus;

/**
 * Where a run that may ask stands with its questions.
 *
 * @param status where the run stands
 * @param attempt its present or last turn
 * @param profile how answers reach its engine
 * @param process who keeps running for the answer, if somebody does
 * @param session what takes the engine's conversation up again, once the engine named it
 * @param interactions all of its questions, by number
 * @param updatedAt when the run last changed
 */
public record InteractiveState(
        RunStatus status,
        int attempt,
        InteractiveProfile profile,
        Optional<AgentProcess> process,
        Optional<Session> session,
        List<Interaction> interactions,
        Instant updatedAt) {
    /** Copies the list and refuses null parts. */
    public InteractiveState {
        Objects.requireNonNull(status);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(process);
        Objects.requireNonNull(session);
        Objects.requireNonNull(updatedAt);
        interactions = List.copyOf(interactions);
    }

    /**
     * What takes a conversation up again.
     *
     * @param engine whose conversation
     * @param handle as the engine named it
     * @param attempt the turn in which it did so last
     */
    public record Session(EngineId engine, String handle, int attempt) {
        /** Refuses null parts. */
        public Session {
            Objects.requireNonNull(engine);
            Objects.requireNonNull(handle);
        }
    }

    /**
     * Finds the question that waits.
     *
     * @return it, or empty
     */
    public Optional<Interaction> pending() {
        return interactions.stream().filter(Interaction::isPending).findFirst();
    }
}
