package skillrunner.domain.run;

import java.util.regex.Pattern;

/**
 * What an engine's output tells of a file larger than any may be, which the system refused it or one of its tools. Nothing is left of
 * such a file that could be measured, and only an engine that is ended for it itself has an exit code of its own.
 */
public enum FileRefusal {
    /** Nothing. */
    NONE,
    /** A program says that it was refused one, as it would of any other failure: it explains why an engine failed. */
    TOLD,
    /** A program was ended for one by the system, which leaves no doubt: it fails the turn, whatever else came of it. */
    ENDED;

    /** A program that was ended for too large a file has this exit code in a shell: 128 and the number of the signal. */
    private static final int EXIT_CODE = 153;

    /**
     * The words of what starts programs, for one that was ended. Shells: alone in their line, behind its place in a script and its number,
     * or, in bash of what stands behind another in a pipeline, indented behind its number. Then make, and xargs and find, which name the signal.
     */
    private static final Pattern STARTER = Pattern.compile("^File size limit exceeded(?: ?\\(core dumped\\))?\\s*$"
            + "|: line \\d{1,9}: +\\d{1,9} +File size limit exceeded"
            + "|^ +\\d{1,9} +File size limit exceeded(?: ?\\(core dumped\\))? *\\|"
            + "|^make(?:\\[\\d{1,9}])?: \\*\\*\\* \\[.*] File size limit exceeded"
            + "|^(?:xargs|find): .* terminated by signal 25\\s*$");

    /** The words of the system's library for its signal and its error, as shells, Python, Node, Rust and tools of Unix print them. */
    private static final Pattern WORDS = Pattern.compile(
            "\\bFile size limit exceeded|\\bterminated by signal 25\\s*$|\\bEFBIG:|['\"]EFBIG['\"]|\\[Errno 27\\]|\\(os error 27\\)|(?<!\\b413): File too large\\s*$");

    /** Whoever says so says it in a short line; what is longer is something else that it prints. */
    private static final int LONGEST_LINE = 1000;

    /**
     * Looks at a line. Takes time in proportion to the line, and none for a long one.
     *
     * @param line a line of an engine's error output
     * @return what it tells
     */
    public static FileRefusal in(String line) {
        if (line.length() > LONGEST_LINE || !WORDS.matcher(line).find()) {
            return NONE;
        }
        return STARTER.matcher(line).find() ? ENDED : TOLD;
    }

    /**
     * Looks at how a command ended.
     *
     * @param exitCode its exit code
     * @return what that tells
     */
    public static FileRefusal of(int exitCode) {
        return exitCode == EXIT_CODE ? ENDED : NONE;
    }

    /**
     * Takes two together.
     *
     * @param other another
     * @return the one that leaves less doubt
     */
    public FileRefusal or(FileRefusal other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
