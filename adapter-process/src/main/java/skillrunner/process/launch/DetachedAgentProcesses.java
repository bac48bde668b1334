package skillrunner.process.launch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.run.AgentProcesses;
import skillrunner.application.run.AttemptFiles;
import skillrunner.application.run.EngineUnavailableException;
import skillrunner.application.run.Subscription;
import skillrunner.process.follow.FileFollower;

/**
 * Starts CLIs detached from this server. Each runs under the shim in a session of its own, with files for stdin, stdout
 * and stderr; nothing of it depends on this process. Safe for concurrent use.
 */
public final class DetachedAgentProcesses implements AgentProcesses {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 2;
    private static final String SHIM = shim();
    private static final File NOTHING = new File("/dev/null");
    private static final List<String> SESSION_LEADER = sessionLeader();

    private final ProcessTable table;
    private final FileFollower follower;

    /**
     * Takes its collaborator.
     *
     * @param follower watches the files the CLIs write
     */
    public DetachedAgentProcesses(FileFollower follower) {
        this.table = ProcessTable.ofThisMachine();
        this.follower = Objects.requireNonNull(follower);
    }

    @Override
    public void launch(LaunchOrder order) {
        AttemptFiles files = order.files();
        List<String> command = new ArrayList<>(SESSION_LEADER);
        command.addAll(List.of("/bin/sh", "-c", SHIM, "skill-runner-shim", files.processRecord(), files.exitRecord()));
        command.add(order.program());
        command.addAll(order.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(files.workspace()))
                .redirectInput(order.promptOnStdin() ? new File(files.stdin()) : NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(files.stdout())))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(files.stderr())));
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(MarkedProcesses.VARIABLE, order.marker());
        try {
            awaitRecord(builder.start(), files);
        } catch (IOException e) {
            throw new EngineUnavailableException("The engine's CLI could not be started");
        }
    }

    @Override
    public State state(AttemptFiles files) {
        Optional<Integer> exitCode = ProcessRecords.exitCode(files);
        if (exitCode.isPresent()) {
            return new State.Exited(exitCode.get());
        }
        Optional<ProcessIdentity> shim = ProcessRecords.process(files);
        if (shim.isEmpty()) {
            return ProcessRecords.claimed(files) ? new State.Vanished() : new State.NotStarted();
        }
        if (isAlive(shim.get())) {
            return new State.Running();
        }
        // It may have written its last record between the two looks.
        return ProcessRecords.exitCode(files).<State>map(State.Exited::new).orElseGet(State.Vanished::new);
    }

    @Override
    public int stop(AttemptFiles files, String marker) {
        return new TreeKiller(new ProcessTree(table, marker), ProcessRecords.process(files)).kill();
    }

    @Override
    public int sweep(String marker) {
        return new MarkedProcesses().end(marker);
    }

    @Override
    public Subscription follow(AttemptFiles files, Runnable wakeUp) {
        return follower.follow(Path.of(files.watchDirectory()), wakeUp);
    }

    private boolean isAlive(ProcessIdentity identity) {
        return table.find(identity.pid())
                .filter(entry -> entry.identity().equals(identity))
                .isPresent();
    }

    /** From here on a restarted server can find the process; before, it could not tell whether there is one. */
    private static void awaitRecord(Process process, AttemptFiles files) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        Path record = Path.of(files.processRecord());
        while (!Files.exists(record)) {
            // One that ended without a fault gave way to another launch, which is about to write the record.
            if (!process.isAlive() && process.exitValue() != 0 && !Files.exists(record)) {
                throw new IllegalStateException("the shim ended with " + process.exitValue() + " before it began");
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the shim did not begin in time");
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String shim() {
        try (InputStream script = DetachedAgentProcesses.class.getResourceAsStream("shim.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the shim is missing from the jar", e);
        }
    }

    /** Without a session of its own the CLI would still outlive the server, but not a closed terminal. */
    private static List<String> sessionLeader() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid", "/opt/homebrew/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }
}
