package skillrunner.app;

import java.io.PrintStream;

/** Tells in one line, without a trace, what ended a thread of a command that logs nothing. */
record UncaughtFault(PrintStream err) implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        err.println("skill-runner: INTERNAL_ERROR: " + fault.getClass().getSimpleName());
        err.flush();
    }
}
