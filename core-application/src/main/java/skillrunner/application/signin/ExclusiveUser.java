package skillrunner.application.signin;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;

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
     * Refuses what somebody else wanted meanwhile.
     *
     * @return an exception to throw, with {@link ErrorCode#SESSION_CONFLICT}
     */
    public RefusedException refusal() {
        String wire =
                switch (purpose) {
                    case SIGN_IN -> "sign_in";
                    case SIGN_OUT -> "sign_out";
                    case TERMINAL -> "terminal";
                };
        return new Refusal(ErrorCode.SESSION_CONFLICT, inWords(), new RefusalFacts.InUse(wire, engine, session))
                .toException();
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
