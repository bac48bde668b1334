package skillrunner.application.run.admission;

import java.util.Objects;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.domain.run.IdempotencyKey;

/**
 * What a client was told under a key.
 *
 * @param key the key
 * @param question digest of everything it asked for, see {@link CacheKeys}
 * @param acceptance what it was told
 */
public record KeyedAcceptance(IdempotencyKey key, String question, Acceptance acceptance) {
    /** Refuses null parts. */
    public KeyedAcceptance {
        Objects.requireNonNull(key);
        Objects.requireNonNull(question);
        Objects.requireNonNull(acceptance);
    }
}
