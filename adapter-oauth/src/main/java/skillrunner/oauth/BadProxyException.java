package skillrunner.oauth;

/** A variable names a proxy that can't be one. The value is not repeated: it may hold a password. */
public final class BadProxyException extends IllegalArgumentException {
    /** What is allowed. */
    public static final String ALLOWED =
            "an address such as http://proxy:3128 or http://user:password@proxy:3128 is needed";

    private static final long serialVersionUID = 1L;

    private final String variable;

    BadProxyException(String variable) {
        super(variable + " is no address of a proxy: " + ALLOWED);
        this.variable = variable;
    }

    /**
     * Returns which variable it is.
     *
     * @return its name
     */
    public String variable() {
        return variable;
    }
}
