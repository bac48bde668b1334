package skillrunner.domain.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models of an engine that is asked for them again and again, and how the last attempts went. What was known stays
 * known when the engine does not answer. Times are whole seconds.
 *
 * @param status how fresh the models are
 * @param updatedAt when the engine last answered; {@link Instant#EPOCH} if never
 * @param lastAttemptAt when it was last asked, if ever
 * @param lastError why it did not answer the last time, if it did not
 * @param models the models by id, each once
 */
public record LiveModels(
        Status status,
        Instant updatedAt,
        Optional<Instant> lastAttemptAt,
        Optional<String> lastError,
        List<ModelEntry> models) {
    private static final int MAX_ERROR_LENGTH = 500;

    /** How fresh the models are. */
    public enum Status {
        /** The engine answered the last time. */
        READY,
        /** It answered some time, but not the last time. */
        STALE_CACHE,
        /** It never answered; this is the list that came with the product. */
        SEED_FALLBACK;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Reads a name from outside.
         *
         * @param text any text
         * @return the status, or empty if no status has this name
         */
        public static Optional<Status> parse(String text) {
            return Stream.of(values())
                    .filter(status -> status.wire().equals(text))
                    .findFirst();
        }
    }

    /** Sorts the models and keeps the first of each id; cuts the times to seconds and a long error short. */
    public LiveModels {
        Objects.requireNonNull(status);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.SECONDS);
        lastAttemptAt = lastAttemptAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS));
        lastError = lastError.map(String::strip).filter(text -> !text.isEmpty()).map(LiveModels::shortened);
        models = sorted(models);
    }

    /**
     * The state before the engine was ever asked.
     *
     * @param seed the list that came with the product
     * @return the state
     */
    public static LiveModels seeded(List<ModelEntry> seed) {
        return new LiveModels(Status.SEED_FALLBACK, Instant.EPOCH, Optional.empty(), Optional.empty(), seed);
    }

    /**
     * The engine answered.
     *
     * @param listed the models it named; none count as no answer
     * @param now when
     * @return the state after that
     */
    public LiveModels answered(List<ModelEntry> listed, Instant now) {
        return listed.isEmpty()
                ? failed("empty output", now)
                : new LiveModels(Status.READY, now, Optional.of(now), Optional.empty(), listed);
    }

    /**
     * The engine did not answer.
     *
     * @param error why, for people
     * @param now when
     * @return the state after that, with the models of this one
     */
    public LiveModels failed(String error, Instant now) {
        return new LiveModels(
                status == Status.SEED_FALLBACK ? Status.SEED_FALLBACK : Status.STALE_CACHE,
                updatedAt,
                Optional.of(now),
                Optional.of(error.isBlank() ? "no answer" : error),
                models);
    }

    /**
     * Returns who serves the models.
     *
     * @return the providers by name, each once
     */
    public List<String> providers() {
        return models.stream()
                .flatMap(model -> model.provider().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Says why the models may not be what the engine offers now.
     *
     * @return the last error, else the status, or empty if all is well
     */
    public Optional<String> doubt() {
        return lastError.or(() -> status == Status.READY ? Optional.empty() : Optional.of(status.wire()));
    }

    private static List<ModelEntry> sorted(Collection<ModelEntry> models) {
        Map<String, ModelEntry> byId = new TreeMap<>(Comparator.naturalOrder());
        models.forEach(model -> byId.putIfAbsent(model.id(), model));
        return List.copyOf(byId.values());
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_ERROR_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_ERROR_LENGTH));
    }
}
