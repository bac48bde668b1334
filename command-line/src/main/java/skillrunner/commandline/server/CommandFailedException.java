package skillrunner.commandline.server;

import java.util.Objects;

/** A command can't do what it was asked to; it ends with one line that says why. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int exitCode;

    private CommandFailedException(int exitCode, String code, String detail) {
        super(Objects.requireNonNull(detail));
        this.code = Objects.requireNonNull(code);
        this.exitCode = exitCode;
    }

    /**
     * The command line is wrong.
     *
     * @param detail what is wrong with it, for people
     * @return what to throw
     */
    public static CommandFailedException usage(String detail) {
        return new CommandFailedException(ExitCodes.USAGE, "USAGE", detail);
    }

    /**
     * What was asked for has failed, here or at the server.
     *
     * @param code what it is called, for programs
     * @param detail what it is, for people
     * @return what to throw
     */
    public static CommandFailedException failed(String code, String detail) {
        return new CommandFailedException(ExitCodes.FAILED, code, detail);
    }

    /**
     * The server can't be talked to.
     *
     * @param code what it is called, for programs
     * @param detail what it is, for people
     * @return what to throw
     */
    public static CommandFailedException unreachable(String code, String detail) {
        return new CommandFailedException(ExitCodes.UNREACHABLE, code, detail);
    }

    /**
     * The server refused.
     *
     * @param code its code
     * @param detail its words
     * @return what to throw
     */
    public static CommandFailedException refused(String code, String detail) {
        return new CommandFailedException(ExitCodes.REFUSED, code, detail);
    }

    /**
     * What it is called, for programs.
     *
     * @return upper snake case
     */
    public String code() {
        return code;
    }

    /**
     * What the command ends with.
     *
     * @return one of {@link ExitCodes}
     */
    public int exitCode() {
        return exitCode;
    }

    /** {@inheritDoc} */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
