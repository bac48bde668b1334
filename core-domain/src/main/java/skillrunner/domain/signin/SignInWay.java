package skillrunner.domain.signin;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/**
 * One way to sign an engine in.
 *
 * @param transport who talks to the provider
 * @param engine the engine
 * @param method what the user does
 * @param provider which provider of an engine that has several; empty for an engine with one
 */
public record SignInWay(
        SignInTransport transport, EngineId engine, SignInMethod method, Optional<SignInProvider> provider) {
    /** Refuses null parts. */
    public SignInWay {
        Objects.requireNonNull(transport);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(method);
        Objects.requireNonNull(provider);
    }

    /**
     * A way of an engine with one provider.
     *
     * @param transport who talks to the provider
     * @param engine the engine
     * @param method what the user does
     * @return the way
     */
    public static SignInWay of(SignInTransport transport, EngineId engine, SignInMethod method) {
        return new SignInWay(transport, engine, method, Optional.empty());
    }
}
