package skillrunner.e2eclient.form;

/** What a field takes. */
public enum FieldKind {
    /** A text in one line. */
    TEXT,
    /** A text of any length. */
    LONG_TEXT,
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** Yes or no. */
    BOOLEAN,
    /** One of some values. */
    CHOICE,
    /** A list, written as JSON. */
    ARRAY,
    /** An object, written as JSON. */
    OBJECT,
    /** Anything, written as JSON; what is none is a text, if the schema allows one. */
    ANY,
    /** A file. */
    FILE;

    /**
     * Tells whether a value is written as JSON.
     *
     * @return true for lists, objects and what may be anything
     */
    public boolean isJson() {
        return this == ARRAY || this == OBJECT || this == ANY;
    }
}
