package skillrunner.oauth;

import java.time.Instant;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.node.ObjectNode;

/** Something in an engine's files that renews its access. Implementations read no file and send nothing. */
interface Renewable {
    EngineId engine();

    /** The file, below the home. */
    String path();

    /** What stands there, unless it is of a kind that is left to the engine. */
    Optional<HeldToken> held(ObjectNode file);

    OAuthEndpoint endpoint();

    /** The client that is named to the provider. */
    OAuthClient client();

    /** Puts new tokens in the place of the old ones. All else stays, known or not. */
    void put(ObjectNode file, RenewedTokens tokens, Instant now);
}
