package skillrunner.process.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import skillrunner.process.launch.MarkedProcesses;

/**
 * A command that is run to its end, or ended when its time is over or it writes without end: without a terminal, with
 * nothing on stdin, with exactly the given environment, in its {@code HOME}. Immutable.
 */
public final class BoundedCommand {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final long GRACE_SECONDS = 2;
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long MOST_BYTES = 256L << 20;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Duration limit;
    private final int keptBytes;
    private final boolean endedByMark;

    private BoundedCommand(
            List<String> command, Map<String, String> environment, Duration limit, int keptBytes, boolean endedByMark) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.limit = limit;
        this.keptBytes = keptBytes;
        this.endedByMark = endedByMark;
    }

    /** How a command ended. */
    public enum End {
        /** By itself. */
        EXITED,
        /** It took too long; it and what it had started were ended. */
        TIMED_OUT,
        /** It wrote more than any command has to; it and what it had started were ended. */
        WROTE_TOO_MUCH,
        /** It could not be started. */
        NOT_STARTED
    }

    /**
     * What became of a command.
     *
     * @param end how it ended
     * @param code its exit code; -1 unless it exited
     * @param stdout the end of what it wrote there
     * @param stderr the end of what it wrote there; if it was not started, why
     */
    public record Outcome(End end, int code, String stdout, String stderr) {
        /**
         * Tells whether all went well.
         *
         * @return true if it exited with 0
         */
        public boolean succeeded() {
            return end == End.EXITED && code == 0;
        }

        /**
         * Returns what it wrote to both streams.
         *
         * @return stdout, then stderr
         */
        public String output() {
            return stdout + stderr;
        }
    }

    /**
     * Describes a command.
     *
     * @param command program and arguments
     * @param environment its whole environment
     * @param limit how long it may take
     * @return the command
     */
    public static BoundedCommand of(List<String> command, Map<String, String> environment, Duration limit) {
        return new BoundedCommand(command, environment, limit, KEPT_BYTES, false);
    }

    /**
     * Keeps more or less of the output than usual.
     *
     * @param bytes how many of each stream, at most
     * @return the command
     */
    public BoundedCommand keeping(int bytes) {
        return new BoundedCommand(command, environment, limit, bytes, endedByMark);
    }

    /**
     * Marks the command and everything it starts, so that all of it is found and ended also when the server that started
     * it is gone, or when a part of it has left its parent.
     *
     * @param marker a text of this command's own
     * @return the command
     */
    public BoundedCommand marked(String marker) {
        return new BoundedCommand(command, with(marker), limit, keptBytes, true);
    }

    /**
     * Marks the command with what it shares with others. It is not ended by this mark, but whoever comes after a server
     * that was killed finds all of them by it.
     *
     * @param owner a text that stands for whom it is run for
     * @return the command
     */
    public BoundedCommand ownedBy(String owner) {
        return new BoundedCommand(command, with(owner), limit, keptBytes, false);
    }

    private Map<String, String> with(String marker) {
        Map<String, String> marked = new HashMap<>(environment);
        marked.put(MarkedProcesses.VARIABLE, marker);
        return marked;
    }

    /**
     * Runs the command.
     *
     * @return what became of it
     */
    public Outcome run() {
        Path folder;
        try {
            folder = Files.createTempDirectory("skill-runner-command");
        } catch (IOException e) {
            return new Outcome(End.NOT_STARTED, -1, "", String.valueOf(e.getMessage()));
        }
        Path stdout = folder.resolve("stdout");
        Path stderr = folder.resolve("stderr");
        try {
            return run(stdout, stderr);
        } finally {
            List.of(stdout, stderr, folder).forEach(BoundedCommand::delete);
        }
    }

    /**
     * Runs the command and lets it write to files of the caller, which can be read meanwhile.
     *
     * @param stdout where its stdout goes
     * @param stderr where its stderr goes
     * @return what became of it
     */
    public Outcome run(Path stdout, Path stderr) {
        // Files, not pipes: a child that outlives the command can't keep us waiting for its end.
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
        return run(builder, List.of(stdout, stderr));
    }

    /**
     * Runs the command and lets it write where this process writes.
     *
     * @return what became of it, without what it wrote
     */
    public Outcome runInForeground() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return run(builder, List.of());
    }

    private Outcome run(ProcessBuilder builder, List<Path> written) {
        builder.redirectInput(new File("/dev/null"));
        // Not in our own working directory, whose files a CLI would take for a project.
        String home = environment.get("HOME");
        if (home != null && new File(home).isDirectory()) {
            builder.directory(new File(home));
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            End end = await(process, written);
            return new Outcome(end, end == End.EXITED ? process.exitValue() : -1, kept(written, 0), kept(written, 1));
        } catch (IOException e) {
            return new Outcome(End.NOT_STARTED, -1, "", String.valueOf(e.getMessage()));
        }
    }

    private End await(Process process, List<Path> written) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (process.waitFor(Math.max(0, Math.min(left, LOOK_EVERY_MILLIS)), TimeUnit.MILLISECONDS)) {
                    return End.EXITED;
                }
                if (left <= 0 || written.stream().anyMatch(file -> size(file) > MOST_BYTES)) {
                    end(process);
                    return left <= 0 ? End.TIMED_OUT : End.WROTE_TOO_MUCH;
                }
            }
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return End.TIMED_OUT;
        }
    }

    /** Who descends from the command is listed first: once it is gone, nothing leads to its children any more. */
    private void end(Process process) {
        String marker = environment.get(MarkedProcesses.VARIABLE);
        if (endedByMark && marker != null) {
            new MarkedProcesses().end(marker);
        }
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

    private String kept(List<Path> written, int stream) {
        return written.size() > stream ? Tail.of(written.get(stream), keptBytes) : "";
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(BoundedCommand.class.getName())
                    .log(System.Logger.Level.DEBUG, "a temporary file stays behind: {0}", path);
        }
    }
}
