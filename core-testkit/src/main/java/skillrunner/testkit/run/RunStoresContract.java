package skillrunner.testkit.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** What the contracts of the stores of runs have in common: the stores, and runs that have come so far. */
public abstract class RunStoresContract {
    static final Instant NOW = RunFixtures.NOW;
    static final Instant LATER = NOW.plus(Duration.ofSeconds(7));
    static final int PLENTY = 100;
    static final Optional<KeyedAcceptance> NO_KEY = Optional.empty();
    static final int THREADS = 8;

    final RunFixtures fixtures = new RunFixtures();
    private RunStores stores = RunStores.inMemory();

    /**
     * Makes stores without any content.
     *
     * @return the stores to test
     */
    protected abstract RunStores emptyStores();

    @BeforeEach
    void start() {
        stores = emptyStores();
    }

    final Runs runs() {
        return stores.runs();
    }

    final RunRequests requests() {
        return stores.requests();
    }

    final TempRequests tempRequests() {
        return stores.tempRequests();
    }

    final Interactions interactions() {
        return stores.interactions();
    }

    final Attempts attempts() {
        return stores.attempts();
    }

    final RunMoves moves() {
        return stores.moves();
    }

    final RunCache cache() {
        return stores.cache();
    }

    final RunRemovals removals() {
        return stores.removals();
    }

    final UnservedRequests unserved() {
        return stores.unserved();
    }

    final UnservedRequests unservedTemporary() {
        return stores.unservedTemporary();
    }

    final List<Run> admitted(int count) {
        List<Run> admitted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RunRequest request = fixtures.awaitingRequest();
            Run run = fixtures.queuedRun(request);
            assertThat(requests().admit(request.servedBy(run.id(), false), run, PLENTY, NO_KEY))
                    .isEqualTo(RunRequests.Admission.ADMITTED);
            admitted.add(run);
        }
        return admitted;
    }

    final Run running() {
        admitted(1);
        return runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();
    }

    final Run succeeded() {
        RunChange ended = running().succeeded(List.of(), NOW);
        assertThat(runs().save(ended)).isTrue();
        return ended.after();
    }
}
