package skillrunner.process.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.files.DiskFaults;
import skillrunner.process.follow.FileFollower;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/**
 * Starts CLIs detached from this server. Each runs under the shim in a session of its own, with files for stdin, stdout
 * and stderr; nothing of it depends on this process. Safe for concurrent use.
 */
public final class DetachedAgentProcesses implements AgentProcesses {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 2;
    private static final String SHIM = Scripts.read("shim.sh");
    private static final int ISOLATION_ARGUMENT = 4;
    private static final String NO_LINES = "-";
    private static final int BLOCK_BYTES = 512;
    private static final int SPARE_BLOCKS = 128;

    /** The shim's own exit code for a record that can't be written; then it starts nothing. */
    private static final int UNWRITTEN = 125;

    private static final File NOTHING = new File("/dev/null");
    private static final List<String> SESSION_LEADER = sessionLeader();

    private final ProcessTable table;
    private final FileFollower follower;
    private final Supplier<RunIsolation> isolation;

    public DetachedAgentProcesses(FileFollower follower, Supplier<RunIsolation> isolation) {
        this.isolation = Objects.requireNonNull(isolation);
        this.table = ProcessTable.ofThisMachine();
        this.follower = Objects.requireNonNull(follower);
    }

    @Override
    public Optional<AgentProcess> launch(LaunchOrder order) {
        AttemptFiles files = order.files();
        RunIsolation isolation = this.isolation.get();
        List<String> command = new ArrayList<>(SESSION_LEADER);
        command.addAll(List.of("/bin/sh", "-c", SHIM, "skill-runner-shim"));
        command.addAll(List.of(isolation.kind().wire(), files.processRecord(), files.exitRecord()));
        command.add(largestFile(order.largestFileBytes()));
        SpokenLines lines = SpokenLines.of(files);
        order.firstLine().ifPresent(lines::prepare);
        command.add(order.firstLine().isPresent() ? lines.folder() : NO_LINES);
        command.addAll(isolation.prefix());
        command.add(order.program());
        command.addAll(order.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(files.workspace()))
                .redirectInput(order.promptOnStdin() && order.firstLine().isEmpty() ? new File(files.stdin()) : NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(files.stdout())))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(files.stderr())));
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(MarkedProcesses.VARIABLE, order.marker());
        try {
            return awaitRecord(builder.start(), order);
        } catch (IOException e) {
            if (!Files.isDirectory(Path.of(files.workspace()))) {
                throw new EngineUnavailableException("The engine's CLI could not be started");
            }
            if (!Files.isDirectory(
                    Objects.requireNonNull(Path.of(files.processRecord()).getParent()))) {
                // It was there when the attempt was opened, and nobody makes it again.
                throw new StorageFaultException(e, true);
            }
            // A CLI that is missing is the shim's to tell; what fails here is the machine, which has too much to do.
            throw new UnavailableException("no process can be started", e);
        }
    }

    @Override
    public void say(AttemptFiles files, int number, String line) {
        SpokenLines.of(files).say(number, line);
    }

    @Override
    public boolean isSaid(AttemptFiles files, int number) {
        return SpokenLines.of(files).isSaid(number);
    }

    @Override
    public void hangUp(AttemptFiles files) {
        SpokenLines.of(files).end();
    }

    @Override
    public Optional<AgentProcess> find(AttemptFiles files, String marker) {
        return living(files, identity -> carries(identity, marker));
    }

    @Override
    public State state(AttemptProcess process) {
        AttemptFiles files = process.files();
        Optional<Integer> exitCode = ProcessRecords.exitCode(files);
        if (exitCode.isPresent()) {
            return new State.Exited(exitCode.get());
        }
        Optional<AgentProcess> shim = shim(process);
        if (shim.map(ProcessIdentity::of).filter(table::isAlive).isPresent()) {
            return new State.Running();
        }
        if (shim.isEmpty() && !ProcessRecords.claimed(files)) {
            return new State.NotStarted();
        }
        // It may have written its last record between the two looks.
        return ProcessRecords.exitCode(files)
                .<State>map(State.Exited::new)
                .orElseGet(() -> ProcessRecords.arePresent(files) ? new State.Vanished() : new State.Unrecorded());
    }

    @Override
    public ProcessesEnded stop(AttemptProcess process) {
        ProcessTree tree = tree(process);
        return withNamespace(process, tree, new TreeKiller(tree).kill());
    }

    @Override
    public ProcessesEnded kill(AttemptProcess process) {
        ProcessTree tree = tree(process);
        return withNamespace(process, tree, new TreeKiller(tree).killAtOnce());
    }

    @Override
    public Usage usage(AttemptProcess process, long enough) {
        return new TreeUsage(table, tree(process)).look(enough);
    }

    @Override
    public Optional<Duration> cpuTime(AttemptProcess process) {
        return new TreeUsage(table, tree(process)).cpuTime();
    }

    /** While a namespace has its shim, that is all there can be; and the kernel ends it before the shim says so. */
    @Override
    public ProcessesEnded sweep(AttemptProcess process) {
        ProcessTree tree = tree(process);
        TreeKiller killer = new TreeKiller(tree);
        boolean ended = ProcessRecords.exitCode(process.files()).isPresent();
        if (ended && tree.shim().isPresent() && killer.shimEndsByItself() && tree.isClosed()) {
            return ProcessRecords.leftInNamespace(process.files()).orElse(ProcessesEnded.UNSEEN);
        }
        ProcessesEnded found = killer.kill();
        if (found.last().isPresent() || !ended) {
            return found;
        }
        boolean surely = tree.shim().isPresent() && !tree.isClosed();
        return ProcessRecords.leftInNamespace(process.files())
                .orElse(surely ? ProcessesEnded.NONE : ProcessesEnded.UNSEEN);
    }

    /** Who was asked to end may have ended with the namespace before it did: its first process saw whom the CLI left. */
    private static ProcessesEnded withNamespace(AttemptProcess process, ProcessTree tree, ProcessesEnded found) {
        boolean asked = found.last()
                .map(ProcessesEnded.Last::end)
                .filter(end -> end == ProcessEnd.INTERRUPTED || end == ProcessEnd.TERMINATED)
                .isPresent();
        if (!asked || !tree.isClosed()) {
            return found;
        }
        return ProcessRecords.leftInNamespace(process.files())
                .filter(left -> left.last().isPresent())
                .map(left -> new ProcessesEnded(Math.max(found.ended(), left.ended()), found.left(), true, left.last()))
                .orElse(found);
    }

    @Override
    public Subscription follow(AttemptFiles files, Runnable wakeUp) {
        return follower.follow(Path.of(files.watchDirectory()), names(files), wakeUp);
    }

    /**
     * What processes write: the output, of earlier attempts as well, whose process may go on, and how one ended. What the server itself
     * writes beside them, such as the journal of that very output, would wake it for nothing.
     */
    private static Predicate<String> names(AttemptFiles files) {
        String ended = String.valueOf(Path.of(files.exitRecord()).getFileName());
        String output = files.stdout().substring(files.stdout().lastIndexOf('.'));
        return name -> name.endsWith(output) || name.equals(ended);
    }

    /** In blocks of the shell's, with some to spare, so that whoever looks finds that the limit was exceeded and not just met. */
    private static String largestFile(long bytes) {
        return bytes == 0 ? "unlimited" : String.valueOf(bytes / BLOCK_BYTES + SPARE_BLOCKS);
    }

    /** @param certain tells whether it is the one that its record says it is */
    private Optional<AgentProcess> living(AttemptFiles files, Predicate<ProcessIdentity> certain) {
        return ProcessRecords.process(files)
                .filter(table::isAlive)
                .filter(certain)
                .map(this::isolated);
    }

    private Optional<AgentProcess> shim(AttemptProcess process) {
        return process.known().or(() -> find(process.files(), process.marker()));
    }

    private ProcessTree tree(AttemptProcess process) {
        Optional<AgentProcess> shim = shim(process);
        return new ProcessTree(
                table,
                process.marker(),
                shim.map(ProcessIdentity::of),
                shim.map(AgentProcess::isolation).orElse(ProcessIsolation.PROCESS_TREE));
    }

    private boolean carries(ProcessIdentity identity, String marker) {
        return table.carries(identity.pid(), MarkedProcesses.VARIABLE + "=" + marker);
    }

    private AgentProcess isolated(ProcessIdentity identity) {
        List<String> arguments = table.arguments(identity.pid());
        boolean closed = arguments.size() > ISOLATION_ARGUMENT
                && arguments.get(ISOLATION_ARGUMENT).equals(ProcessIsolation.PID_NAMESPACE.wire());
        return identity.isolatedBy(closed ? ProcessIsolation.PID_NAMESPACE : ProcessIsolation.PROCESS_TREE);
    }

    /** From here on a restarted server can find the process; before, it could not tell whether there is one. */
    private Optional<AgentProcess> awaitRecord(Process process, LaunchOrder order) {
        AttemptFiles files = order.files();
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            Optional<AgentProcess> found =
                    living(files, identity -> identity.pid() == process.pid() || carries(identity, order.marker()));
            boolean recorded = Files.exists(Path.of(files.processRecord()));
            if (found.isPresent() || (ended && recorded)) {
                return found;
            }
            // One that ended without a fault gave way to another launch, which is about to write the record.
            if (ended && process.exitValue() != 0) {
                throw notBegun(process.exitValue(), files);
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the shim did not begin in time");
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private static RuntimeException notBegun(int exitCode, AttemptFiles files) {
        IllegalStateException fault = new IllegalStateException("the shim ended with " + exitCode + " before it began");
        if (exitCode != UNWRITTEN) {
            return fault;
        }
        if (DiskFaults.isFull(Path.of(files.processRecord()))) {
            return new StorageFullException(fault);
        }
        return ProcessRecords.claimed(files) ? fault : new UnavailableException("the attempt can't be claimed", fault);
    }

    /** Without a session of its own the CLI would still outlive the server, but not a closed terminal. */
    private static List<String> sessionLeader() {
        return Programs.find("setsid").map(List::of).orElse(List.of());
    }
}
