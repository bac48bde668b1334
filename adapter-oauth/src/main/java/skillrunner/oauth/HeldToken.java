package skillrunner.oauth;

import java.time.Instant;
import java.util.Optional;

/**
 * A token that renews an access, as an engine's file has it.
 *
 * @param refresh the token; it may be good for one use
 * @param accessEnds when the present access ends, if anything tells
 */
record HeldToken(String refresh, Optional<Instant> accessEnds) {
    @Override
    public String toString() {
        return "HeldToken[" + accessEnds + "]";
    }
}
