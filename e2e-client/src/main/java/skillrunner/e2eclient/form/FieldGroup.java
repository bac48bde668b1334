package skillrunner.e2eclient.form;

/** Which part of a job a field belongs to. */
public enum FieldGroup {
    /** The input, in the request itself. */
    INPUT("input__"),
    /** The parameters. */
    PARAMETER("parameter__"),
    /** The input that is uploaded. */
    FILE("file__"),
    /** The runtime options. */
    RUNTIME("runtime__");

    private final String prefix;

    FieldGroup(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Returns how the names of its fields begin.
     *
     * @return for example {@code input__}
     */
    public String prefix() {
        return prefix;
    }
}
