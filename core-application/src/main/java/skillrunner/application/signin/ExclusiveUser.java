package skillrunner.application.signin;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;

/**
 * Who has {@link ExclusiveUse}.
 *
 * @param purpose what for
 * @param session names its session
 * @param engine the engine it works with
 * @param since when it was taken
 */
public record ExclusiveUser(Purpose purpose, String session, EngineId engine, Instant since) {
    /** What the engines' home is taken for. */
    public enum Purpose {
        /** An engine is signed in. */
        SIGN_IN,
        /** An engine is signed out. */
        SIGN_OUT,
        /** A person works with an engine in a terminal. */
        TERMINAL
    }

    /** Refuses null parts. */
    public ExclusiveUser {
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(session);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(since);
    }

    /**
     * Says it to whoever has to wait.
     *
     * @return a sentence
     */
    public String inWords() {
        return switch (purpose) {
            case SIGN_IN ->
                "A sign-in of " + engine + " is under way (session " + session + "); finish or cancel it first";
            case SIGN_OUT -> engine + " is being signed out; try again";
            case TERMINAL -> engine + " is open in the terminal (session " + session + "); stop it first";
        };
    }
}
