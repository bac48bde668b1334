package skillrunner.domain.signin;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.engine.EngineId;

/**
 * All the ways of a server to sign engines in: what its drivers can do, in the order of menus. The routes refuse by it and the
 * pages offer by it, so that neither knows a list of its own. Immutable.
 */
public final class SignInWays {
    private final Set<SignInWay> ways;

    /**
     * Takes ways, in the order of menus.
     *
     * @param ways the ways; none twice
     * @throws IllegalArgumentException if one is there twice, or an engine has ways with a provider and without one
     */
    public SignInWays(Collection<SignInWay> ways) {
        this.ways = new LinkedHashSet<>(ways);
        if (this.ways.size() != ways.size()) {
            throw new IllegalArgumentException("two drivers offer the same way to sign in");
        }
        for (SignInWay way : ways) {
            if (ways.stream()
                    .anyMatch(other -> other.engine().equals(way.engine())
                            && other.provider().isPresent() != way.provider().isPresent())) {
                throw new IllegalArgumentException(way.engine() + " has ways with a provider and without one");
            }
        }
    }

    /**
     * Finds a way.
     *
     * @param transport who shall talk to the provider
     * @param engine the engine
     * @param method what the user shall do
     * @param provider the provider's id; empty for an engine with one
     * @return the way, or empty if there is none
     */
    public Optional<SignInWay> find(
            SignInTransport transport, EngineId engine, SignInMethod method, Optional<String> provider) {
        return ways.stream()
                .filter(way -> way.transport() == transport
                        && way.engine().equals(engine)
                        && way.method() == method
                        && way.provider().map(SignInProvider::id).equals(provider))
                .findFirst();
    }

    /**
     * Tells whether an engine has several providers, one of which has to be named.
     *
     * @param engine the engine
     * @return whether its ways have a provider
     */
    public boolean asksForProvider(EngineId engine) {
        return ways.stream()
                .anyMatch(way -> way.engine().equals(engine) && way.provider().isPresent());
    }

    /**
     * Returns the engines that can be signed in over a transport.
     *
     * @param transport who talks to the provider
     * @return the engines, in canonical order
     */
    public List<EngineId> engines(SignInTransport transport) {
        return ways.stream()
                .filter(way -> way.transport() == transport)
                .map(SignInWay::engine)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Returns the providers of an engine.
     *
     * @param engine the engine
     * @return them in the order of menus; empty for an engine with one
     */
    public List<SignInProvider> providers(EngineId engine) {
        return ways.stream()
                .filter(way -> way.engine().equals(engine))
                .flatMap(way -> way.provider().stream())
                .distinct()
                .toList();
    }

    /**
     * Returns what a user may do to sign an engine in.
     *
     * @param transport who talks to the provider
     * @param engine the engine
     * @param provider which of its providers; empty for an engine with one
     * @return the methods in their own order; empty if there is no way
     */
    public List<SignInMethod> methods(SignInTransport transport, EngineId engine, Optional<SignInProvider> provider) {
        return ways.stream()
                .filter(way -> way.transport() == transport
                        && way.engine().equals(engine)
                        && way.provider().equals(provider))
                .map(SignInWay::method)
                .sorted()
                .toList();
    }
}
