package skillrunner.domain.upgrade;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/** What an upgrade is asked for: one engine or all. From outside it is read by {@link UpgradeScopeRules}. */
public sealed interface UpgradeScope {
    /**
     * One engine.
     *
     * @param engine the engine
     */
    record Single(EngineId engine) implements UpgradeScope {
        /** Refuses a missing engine. */
        public Single {
            Objects.requireNonNull(engine);
        }

        @Override
        public String mode() {
            return "single";
        }

        @Override
        public Optional<EngineId> requestedEngine() {
            return Optional.of(engine);
        }
    }

    /** Every engine of the server. */
    record All() implements UpgradeScope {
        @Override
        public String mode() {
            return "all";
        }

        @Override
        public Optional<EngineId> requestedEngine() {
            return Optional.empty();
        }
    }

    /**
     * Returns the name on the wire and in the database.
     *
     * @return {@code single} or {@code all}
     */
    String mode();

    /**
     * Returns the engine that was named.
     *
     * @return the engine, or empty for all
     */
    Optional<EngineId> requestedEngine();

    /**
     * Returns the engines a task plans.
     *
     * @param known every engine of the server
     * @return the engines
     */
    default List<EngineId> engines(List<EngineId> known) {
        return requestedEngine().map(List::of).orElse(known);
    }
}
