package skillrunner.oauth;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Opens listeners on the ports that are set. Safe for concurrent use. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final OAuthSettings settings;
    private final BackgroundTasks background;

    Listeners(OAuthSettings settings, BackgroundTasks background) {
        this.settings = settings;
        this.background = background;
    }

    /** Refuses with {@link ErrorCode#LISTENER_PORT_BUSY} if somebody else has the port. */
    LoopbackListener required(OAuthListener which, String path) {
        return optional(which, path)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.LISTENER_PORT_BUSY,
                        "The port " + settings.port(which) + " of 127.0.0.1, to which the provider sends the browser"
                                + " back, is taken by another program; end it first, or sign in another way"));
    }

    Optional<LoopbackListener> optional(OAuthListener which, String path) {
        try {
            return Optional.of(LoopbackListener.open(path, settings.port(which), background));
        } catch (IOException e) {
            LOG.info("no listener on the port {}: {}", settings.port(which), e.toString());
            return Optional.empty();
        }
    }
}
