package skillrunner.process.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a command to its end, or ends it when its time is over: without a terminal, with nothing on stdin, with exactly the
 * given environment. Safe for concurrent use.
 */
public final class BoundedCommand {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final long GRACE_SECONDS = 2;

    private BoundedCommand() {}

    /** How a command ended. */
    public enum End {
        /** By itself. */
        EXITED,
        /** It took too long; it and what it had started were ended. */
        TIMED_OUT,
        /** It could not be started. */
        NOT_STARTED
    }

    /**
     * What became of a command.
     *
     * @param end how it ended
     * @param code its exit code; -1 unless it exited
     * @param output the end of what it wrote to both streams, at most 64 KiB; if it was not started, why
     */
    public record Outcome(End end, int code, String output) {
        /**
         * Tells whether all went well.
         *
         * @return true if it exited with 0
         */
        public boolean succeeded() {
            return end == End.EXITED && code == 0;
        }
    }

    /**
     * Runs a command.
     *
     * @param command program and arguments
     * @param environment its whole environment
     * @param limit how long it may take
     * @return what became of it
     */
    public static Outcome run(List<String> command, Map<String, String> environment, Duration limit) {
        Path log;
        try {
            log = Files.createTempFile("skill-runner-command", ".log");
        } catch (IOException e) {
            return new Outcome(End.NOT_STARTED, -1, String.valueOf(e.getMessage()));
        }
        try {
            // A file, not a pipe: a child that outlives the command can't keep us waiting for its end.
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            return await(process, log, limit);
        } catch (IOException e) {
            return new Outcome(End.NOT_STARTED, -1, String.valueOf(e.getMessage()));
        } finally {
            delete(log);
        }
    }

    private static Outcome await(Process process, Path log, Duration limit) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome(End.EXITED, process.exitValue(), tail(log));
            }
            end(process);
            return new Outcome(End.TIMED_OUT, -1, tail(log));
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return new Outcome(End.TIMED_OUT, -1, tail(log));
        }
    }

    /** Who descends from the command is listed first: once it is gone, nothing leads to its children any more. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.toHandle().descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = false;
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        all.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String tail(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int from = Math.max(0, bytes.length - KEPT_BYTES);
        return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
    }

    private static void delete(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            System.getLogger(BoundedCommand.class.getName())
                    .log(System.Logger.Level.DEBUG, "a temporary file stays behind: {0}", log);
        }
    }
}
