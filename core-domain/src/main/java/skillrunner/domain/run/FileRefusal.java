package skillrunner.domain.run;

import java.util.regex.Pattern;

/**
 * Recognises in what an engine or one of its tools says that the system refused it a file larger than any may be. Nothing is left of such a
 * file that could be measured, and only a program that is ended for it has an exit code of its own: Python and Node tell it as any other
 * failure, and a shell goes on.
 */
public final class FileRefusal {
    /** The words of the system's library for its signal and its error, as shells, Python, Node, Rust and tools of Unix print them. */
    private static final Pattern WORDS = Pattern.compile(
            "\\bFile size limit exceeded|\\bEFBIG:|['\"]EFBIG['\"]|\\[Errno 27\\]|\\(os error 27\\)|(?<!\\b413): File too large\\s*$");

    /** Whoever says so says it in a short line; what is longer is something else that it prints. */
    private static final int LONGEST_LINE = 1000;

    private FileRefusal() {}

    /**
     * Tells whether a line speaks of it. Takes time in proportion to the line, and none for a long one.
     *
     * @param line a line of an engine's error output
     * @return whether it does
     */
    public static boolean in(String line) {
        return line.length() <= LONGEST_LINE && WORDS.matcher(line).find();
    }
}
