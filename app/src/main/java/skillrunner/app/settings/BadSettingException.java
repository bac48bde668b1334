package skillrunner.app.settings;

/** A variable with a value that can't be used. The message is one line that names variable, value and what is allowed. */
public final class BadSettingException extends RuntimeException {
    /** Exit code of a command that ends because of one ({@code EX_CONFIG} of sysexits.h). */
    public static final int EXIT_CODE = 78;

    private static final long serialVersionUID = 1L;

    private final String variable;

    /**
     * Names the variable.
     *
     * @param variable its name
     * @param value its value
     * @param allowed what would be allowed
     */
    public BadSettingException(String variable, String value, String allowed) {
        super(variable + "=" + value.replaceAll("\\s+", " ") + " is not usable: " + allowed);
        this.variable = variable;
    }

    /**
     * The variable that has the value.
     *
     * @return its name
     */
    public String variable() {
        return variable;
    }
}
