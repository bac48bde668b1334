package skillrunner.domain.run;

/** How surely an engine's output says that its user has to sign in. In order, the surest last. */
public enum SignInSign {
    /** Nothing speaks of it. */
    NONE,
    /** Words that people, models and tools also use without meaning this run: "please log in", "session expired". */
    WORDS,
    /** A demand or a refusal that means this run: the engine's own report of a failure, a prompt for a code, 401. */
    DEMAND;

    /**
     * Returns the surer one.
     *
     * @param other another sign
     * @return it or this
     */
    public SignInSign or(SignInSign other) {
        return compareTo(other) < 0 ? other : this;
    }

    /**
     * Tells whether there is any sign.
     *
     * @return false for {@link #NONE}
     */
    public boolean isThere() {
        return this != NONE;
    }
}
