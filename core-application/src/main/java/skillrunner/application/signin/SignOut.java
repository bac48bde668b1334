package skillrunner.application.signin;

import java.time.Clock;
import java.util.Objects;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Signs an engine out on this server: its credentials are removed here, and the provider is told nothing. Runs that are at work keep
 * what their CLI has in memory. Safe for concurrent use.
 */
public final class SignOut {
    private final Engines engines;
    private final Credentials credentials;
    private final ExclusiveUse use;
    private final IdSource ids;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param engines the engines of this server
     * @param credentials where their sign-ins are
     * @param use what it has for itself meanwhile
     * @param ids makes ids
     * @param clock tells the time
     */
    public SignOut(Engines engines, Credentials credentials, ExclusiveUse use, IdSource ids, Clock clock) {
        this.engines = Objects.requireNonNull(engines);
        this.credentials = Objects.requireNonNull(credentials);
        this.use = Objects.requireNonNull(use);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Signs an engine out. One that is not signed in stays so.
     *
     * @param engine an engine of this server
     * @throws RefusedException with {@link ErrorCode#SESSION_CONFLICT} while a sign-in or a terminal is under way
     * @throws java.io.UncheckedIOException if a file stays
     */
    public void signOut(EngineId engine) {
        ExclusiveUser self = new ExclusiveUser(ExclusiveUser.Purpose.SIGN_OUT, ids.next(), engine, clock.instant());
        use.settle();
        use.take(self).ifPresent(user -> {
            throw user.refusal();
        });
        try {
            engines.cli(engine).map(EngineCli::credentials).ifPresent(files -> files.forEach(credentials::remove));
        } finally {
            use.giveBack(self);
        }
    }
}
