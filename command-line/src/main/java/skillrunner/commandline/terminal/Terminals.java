package skillrunner.commandline.terminal;

/**
 * Which of the three streams lead to a terminal.
 *
 * @param in whether somebody may be asked
 * @param out whether somebody looks at the results
 * @param err whether somebody looks at the messages
 * @param colours whether colours are wanted where somebody looks
 */
public record Terminals(boolean in, boolean out, boolean err, boolean colours) {
    /** Nobody is there: everything goes to files and pipes. */
    public static final Terminals NONE = new Terminals(false, false, false, false);
}
