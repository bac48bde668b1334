package skillrunner.testkit.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;

/** Questions of the runs of an {@link InMemoryRuns}, which keeps them. Safe for concurrent use. */
public final class InMemoryInteractions implements Interactions {
    private final InMemoryRuns runs;

    /**
     * Shows the questions of a store.
     *
     * @param runs the store
     */
    public InMemoryInteractions(InMemoryRuns runs) {
        this.runs = Objects.requireNonNull(runs);
    }

    @Override
    public boolean ask(RunChange change, Interaction asked) {
        return runs.ask(change, asked);
    }

    @Override
    public Deciding decide(RunChange change, Interaction decided, int maxQueued) {
        return runs.decide(change, decided, maxQueued);
    }

    @Override
    public Optional<Interaction> find(RunId run, int number) {
        synchronized (runs) {
            return Optional.ofNullable(runs.questionsOf(run).get(number));
        }
    }

    @Override
    public List<Interaction> all(RunId run) {
        synchronized (runs) {
            return List.copyOf(runs.questionsOf(run).values());
        }
    }

    @Override
    public List<Timed> withDeadline() {
        return runs.withDeadline();
    }
}
