package skillrunner.commandline.server;

/** What a command ends with. The table in {@code docs/command-line.md} explains each; a test compares. */
public final class ExitCodes {
    /** It was done; a run has succeeded. */
    public static final int SUCCEEDED = 0;

    /** The run, the upgrade, the installation or the sign-in has failed, or something could not be saved or written. */
    public static final int FAILED = 1;

    /** The command line was wrong, and nothing was asked of a server. */
    public static final int USAGE = 2;

    /** The run was canceled. */
    public static final int CANCELED = 3;

    /** The run waits for a person, and nobody is at this terminal. */
    public static final int WAITS = 4;

    /** No Skill Runner of a known version answers there, or it does not take the password. */
    public static final int UNREACHABLE = 5;

    /** The server refused what was asked. */
    public static final int REFUSED = 6;

    /** Ctrl-C; what was begun goes on at the server. */
    public static final int INTERRUPTED = 130;

    /** Nobody reads standard output any more; what was begun goes on at the server. */
    public static final int OUTPUT_CLOSED = 141;

    private ExitCodes() {}
}
