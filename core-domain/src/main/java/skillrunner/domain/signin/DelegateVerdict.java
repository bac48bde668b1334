package skillrunner.domain.signin;

/** What follows from what an engine's own program is at. */
public enum DelegateVerdict {
    /** Nothing yet. */
    WAIT,
    /** The engine is signed in. */
    SIGNED_IN,
    /** The program is followed by one that goes the same way otherwise. */
    ANOTHER_WAY,
    /** The sign-in has failed: the program ends as if it were done, and the credentials are those of before. */
    CREDENTIALS_UNCHANGED,
    /** It has failed: nobody knows what the program shows. */
    NOT_UNDERSTOOD,
    /** It has failed as the program says. */
    AS_IT_SAYS,
    /** It has failed: the program has ended. */
    PROGRAM_ENDED;

    /**
     * Tells whether the sign-in has failed by it.
     *
     * @return true for the last four
     */
    public boolean isFailure() {
        return compareTo(CREDENTIALS_UNCHANGED) >= 0;
    }
}
