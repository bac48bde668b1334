package skillrunner.application.engine;

import java.util.List;
import skillrunner.domain.engine.EngineId;

/**
 * Renews what engines are signed in with ahead of its end. The CLIs do that by themselves, but each for itself, and a token that is good for
 * one use is lost when two of them spend it. Implementations are safe for concurrent use, also by several servers with one home.
 */
public interface SignInRenewal {
    /** Renews nothing: it is left to the CLIs. */
    SignInRenewal NONE = new SignInRenewal() {
        @Override
        public boolean isDue(EngineId engine) {
            return false;
        }

        @Override
        public void renew(EngineId engine) {}

        @Override
        public boolean isRefused(EngineId engine) {
            return false;
        }
    };

    /**
     * Tells whether something of an engine's sign-in should be renewed before a run begins. Looks at files only.
     *
     * @param engine the engine
     * @return true if so
     */
    boolean isDue(EngineId engine);

    /**
     * Renews what is due of an engine's sign-in; does nothing if somebody else did so meanwhile. May take as long as a provider does, and
     * should not be interrupted: what an answer gives is nowhere else. What goes wrong is logged and no more.
     *
     * @param engine the engine
     */
    void renew(EngineId engine);

    /**
     * Tells whether a provider has said that it does not renew what an engine is signed in with. Looks at files only.
     *
     * @param engine the engine
     * @return true if somebody has to sign in again
     */
    boolean isRefused(EngineId engine);

    /**
     * Returns the engines that should not wait for a run, since a token was sent for them and its answer is not known of. Looks at files
     * only.
     *
     * @return none, usually
     */
    default List<EngineId> unanswered() {
        return List.of();
    }
}
