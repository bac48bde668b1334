package skillrunner.commandline.terminal;

import java.io.PrintStream;
import java.util.Objects;

/**
 * Where a command writes: results to standard output, messages to standard error. Text for people never holds anything that a
 * terminal acts on. Every method that writes results ends the command by {@link OutputClosedException} once they go nowhere.
 * Not thread-safe.
 */
public final class Console {
    private static final String FAINT = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final Terminals terminals;
    private boolean rawLineOpen;

    /**
     * Writes to two streams.
     *
     * @param out for results
     * @param err for messages
     * @param terminals where somebody looks
     */
    public Console(PrintStream out, PrintStream err, Terminals terminals) {
        this.out = Objects.requireNonNull(out);
        this.err = Objects.requireNonNull(err);
        this.terminals = Objects.requireNonNull(terminals);
    }

    /**
     * Tells whether somebody can be asked: there is a keyboard, and messages are seen.
     *
     * @return whether a question makes sense
     */
    public boolean asks() {
        return terminals.in() && terminals.err();
    }

    /**
     * Writes a result for people, made visible.
     *
     * @param text one line or several
     */
    public void say(String text) {
        line(VisibleText.lines(text));
    }

    /**
     * Writes a result for people that steps back behind others.
     *
     * @param text one line or several
     */
    public void sayFaintly(String text) {
        line(styled(FAINT, VisibleText.lines(text), terminals.out()));
    }

    /**
     * Writes a table.
     *
     * @param table its first line stands out
     */
    public void say(TextTable table) {
        boolean head = true;
        for (String line : table.lines()) {
            line(head ? styled(BOLD, line, terminals.out()) : line);
            head = false;
        }
    }

    /**
     * Writes a JSON document for programs, on a line of its own if it is one.
     *
     * @param document JSON
     */
    public void json(String document) {
        line(VisibleText.json(document.stripTrailing()));
    }

    /**
     * Writes what the program of a run wrote, as it is; made visible only where somebody looks at it.
     *
     * @param text a piece of a stream, which may end within a line
     */
    public void raw(String text) {
        if (text.isEmpty()) {
            return;
        }
        out.print(terminals.out() ? VisibleText.lines(text) : text);
        rawLineOpen = terminals.out() && !text.endsWith("\n");
        check();
    }

    /**
     * Writes what the program of a run wrote to standard error, with the same rules.
     *
     * @param text a piece of a stream, which may end within a line
     */
    public void rawError(String text) {
        err.print(terminals.err() ? VisibleText.lines(text) : text);
        err.flush();
    }

    /**
     * Writes a message on one line. What goes to nobody is lost.
     *
     * @param text the message, without an end of line
     */
    public void note(String text) {
        note(text, "");
    }

    /**
     * Writes a message that steps back behind others.
     *
     * @param text the message, without an end of line
     */
    public void noteFaintly(String text) {
        note(text, FAINT);
    }

    /**
     * Asks for something: what is typed stands behind it.
     *
     * @param text what is wanted
     */
    public void prompt(String text) {
        closeRawLine();
        err.print(styled(BOLD, VisibleText.line(text), terminals.err()) + " ");
        err.flush();
    }

    /**
     * Writes a fault, on one line whatever it is.
     *
     * @param code what it is called, for programs
     * @param detail what it is, for people
     */
    public void fault(String code, String detail) {
        closeRawLine();
        err.println("skill-runner: " + VisibleText.line(code) + ": " + VisibleText.line(detail));
        err.flush();
    }

    private void note(String text, String style) {
        closeRawLine();
        err.println(styled(style, VisibleText.lines(text), terminals.err()));
        err.flush();
    }

    private void line(String text) {
        closeRawLine();
        out.println(text);
        check();
    }

    /** What a run wrote may have stopped within a line; what we say ourselves begins on one of its own. */
    private void closeRawLine() {
        if (rawLineOpen) {
            rawLineOpen = false;
            out.println();
            out.flush();
        }
    }

    private String styled(String style, String text, boolean seen) {
        return style.isEmpty() || !seen || !terminals.colours() ? text : style + text + PLAIN;
    }

    /** The streams of the JDK swallow every fault and remember it. */
    private void check() {
        if (out.checkError()) {
            throw new OutputClosedException();
        }
    }
}
