package skillrunner.application.run.admission;

import java.util.Objects;
import skillrunner.domain.run.IdempotencyKey;

/**
 * A key and what is asked under it.
 *
 * @param key the key
 * @param question digest of everything the client asks for
 */
record KeyUse(IdempotencyKey key, String question) {
    KeyUse {
        Objects.requireNonNull(key);
        Objects.requireNonNull(question);
    }

    KeyedAcceptance accepting(Acceptance acceptance) {
        return new KeyedAcceptance(key, question, acceptance);
    }
}
