package skillrunner.application.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;

/**
 * An engine's models, and where they come from.
 *
 * @param engine the engine
 * @param cliVersion the version of its CLI, if it could be detected
 * @param snapshotVersion the version whose snapshot serves, or when a CLI that is asked last answered; empty if none serves
 * @param snapshotFile the plain name of the file that serves; empty if none does
 * @param source where the models come from
 * @param fallbackReason why they are a makeshift, if they are
 * @param models the models
 * @param manifest what the models are kept in
 */
public record ModelListing(
        EngineId engine,
        Optional<CliVersion> cliVersion,
        Optional<String> snapshotVersion,
        Optional<String> snapshotFile,
        Source source,
        Optional<String> fallbackReason,
        List<ModelEntry> models,
        Manifest manifest) {
    /** What an engine's models are kept in. */
    public sealed interface Manifest {
        /**
         * A manifest of snapshots.
         *
         * @param content the whole object as it is stored, in its order, also what this product does not know
         */
        record Stored(Map<String, Object> content) implements Manifest {
            /** Copies the content. */
            public Stored {
                content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
            }
        }

        /**
         * What a CLI that is asked last answered.
         *
         * @param models the answer, when it came and how the last question ended
         */
        record Live(LiveModels models) implements Manifest {
            /** Refuses null. */
            public Live {
                Objects.requireNonNull(models);
            }
        }
    }

    /** Where models come from. */
    public enum Source {
        /** From a snapshot. */
        PINNED_SNAPSHOT,
        /** From the CLI, as it last answered. */
        RUNTIME_PROBE_CACHE;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the collections and refuses null parts. */
    public ModelListing {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(cliVersion);
        Objects.requireNonNull(snapshotVersion);
        Objects.requireNonNull(snapshotFile);
        Objects.requireNonNull(source);
        Objects.requireNonNull(fallbackReason);
        models = List.copyOf(models);
        Objects.requireNonNull(manifest);
    }
}
