package skillrunner.testkit.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RunId;

/**
 * Processes that do what a test says. They stand for the operating system: use the same object before and after a
 * "restart" of the server. Safe for concurrent use.
 */
public final class ScriptedAgentProcesses implements AgentProcesses {
    private static final long FIRST_PID = 1_000;

    private final InMemoryOutput output;
    private final Map<String, ScriptedProcess> processes = new LinkedHashMap<>();
    private final List<LaunchOrder> launches = new ArrayList<>();
    private final Map<String, Map<Object, Runnable>> followers = new LinkedHashMap<>();
    private final List<String> swept = new ArrayList<>();
    private Consumer<ScriptedProcess> behaviour = process -> {};
    private @Nullable Supplier<? extends RuntimeException> failureBeforeStart;
    private @Nullable Supplier<? extends RuntimeException> failureAfterStart;
    private @Nullable Supplier<? extends RuntimeException> failureOfSweep;

    /**
     * Makes a machine on which nothing runs.
     *
     * @param output where the processes write
     */
    public ScriptedAgentProcesses(InMemoryOutput output) {
        this.output = Objects.requireNonNull(output);
    }

    /** One process. Starts working when it is launched. */
    public final class ScriptedProcess {
        private final LaunchOrder order;
        private final AgentProcess identity;
        private State state = new State.Running();
        private boolean orphan;
        private int survivedStops;
        private int leftBehind;
        private int leftToEnd;
        private int exitCodeWhenStopped = 143;
        private int stops;
        private int kills;
        private Usage usage = new Usage(1, 0);
        private Optional<Duration> cpuTime = Optional.empty();
        private final TreeMap<Integer, String> said = new TreeMap<>();
        private boolean hungUp;
        private int heard;
        private @Nullable BiConsumer<ScriptedProcess, String> listening;
        private Consumer<ScriptedProcess> atEnd = process -> process.exits(0);

        private ScriptedProcess(LaunchOrder order, long pid) {
            this.order = order;
            this.identity = new AgentProcess(pid, "scripted-" + pid, ProcessIsolation.PROCESS_TREE);
        }

        /** Returns what was ordered. */
        public LaunchOrder order() {
            return order;
        }

        /** Writes a line to stdout. */
        public ScriptedProcess prints(String line) {
            return writes(order.files().stdout(), line + "\n");
        }

        /** Writes a line to stderr. */
        public ScriptedProcess complains(String line) {
            return writes(order.files().stderr(), line + "\n");
        }

        /** Writes bytes to stdout. */
        public ScriptedProcess prints(byte[] bytes) {
            output.append(order.files().stdout(), bytes);
            tell(order.files());
            return this;
        }

        /** Does this with each line that it is told, the first one at once, and with the end of its stdin. */
        public void listens(BiConsumer<ScriptedProcess, String> toLine, Consumer<ScriptedProcess> toEnd) {
            synchronized (ScriptedAgentProcesses.this) {
                listening = toLine;
                atEnd = toEnd;
            }
            hear();
        }

        /** Returns what it was told and has read, in order. */
        public List<String> heard() {
            synchronized (ScriptedAgentProcesses.this) {
                return said.values().stream().limit(heard).toList();
            }
        }

        /** Tells whether it was told that nothing more comes. */
        public boolean isHungUp() {
            synchronized (ScriptedAgentProcesses.this) {
                return hungUp;
            }
        }

        /** What was handed over before it listened is there when it does. */
        private void hear() {
            while (true) {
                Runnable next;
                synchronized (ScriptedAgentProcesses.this) {
                    BiConsumer<ScriptedProcess, String> toLine = listening;
                    if (toLine == null || !works()) {
                        return;
                    }
                    String line = said.get(heard + 1);
                    if (line != null) {
                        heard++;
                        next = () -> toLine.accept(this, line);
                    } else if (hungUp) {
                        listening = null;
                        next = () -> atEnd.accept(this);
                    } else {
                        return;
                    }
                }
                next.run();
            }
        }

        /** Ends and leaves its exit code. */
        public void exits(int code) {
            become(new State.Exited(code));
        }

        /** Ends without leaving an exit code. */
        public void vanishes() {
            become(new State.Vanished());
        }

        /** Ends after somebody has removed the server's records of it. */
        public void losesItsRecords() {
            become(new State.Unrecorded());
        }

        /** Loses its shim alone: nobody will record its exit code, and it goes on. */
        public void losesItsShim() {
            synchronized (ScriptedAgentProcesses.this) {
                orphan = true;
            }
            become(new State.Vanished());
        }

        /** Works, although its run was ended: nobody could end it. */
        public void worksOn() {
            become(new State.Running());
        }

        /** Answers, closes its turn and exits with 0. */
        public void answers(String json) {
            prints("say " + json).prints("done").exits(0);
        }

        /** Survives the next attempts to end it. */
        public ScriptedProcess refusesToDie(int times) {
            synchronized (ScriptedAgentProcesses.this) {
                survivedStops = times;
            }
            return this;
        }

        /** Leaves this exit code when it is ended by force. */
        public ScriptedProcess exitsWhenStopped(int code) {
            synchronized (ScriptedAgentProcesses.this) {
                exitCodeWhenStopped = code;
            }
            return this;
        }

        /** Leaves processes behind that can't be ended. */
        public ScriptedProcess leavesBehind(int count) {
            synchronized (ScriptedAgentProcesses.this) {
                leftBehind = count;
            }
            return this;
        }

        /** Leaves processes behind that are ended by a sweep. */
        public ScriptedProcess leavesToEnd(int count) {
            synchronized (ScriptedAgentProcesses.this) {
                leftToEnd = count;
            }
            return this;
        }

        /** Returns how often somebody tried to end it. */
        public int stops() {
            synchronized (ScriptedAgentProcesses.this) {
                return stops;
            }
        }

        /** Returns how often somebody ended it by force at once. */
        public int kills() {
            synchronized (ScriptedAgentProcesses.this) {
                return kills;
            }
        }

        /** Holds so much from now on. */
        public ScriptedProcess holds(long number, long memoryBytes) {
            synchronized (ScriptedAgentProcesses.this) {
                usage = new Usage(number, memoryBytes);
            }
            return this;
        }

        /** Has computed for so long from now on. */
        public ScriptedProcess computed(Duration total) {
            synchronized (ScriptedAgentProcesses.this) {
                cpuTime = Optional.of(total);
            }
            return this;
        }

        /** Tells whether it works and its shim lives. */
        public boolean isRunning() {
            synchronized (ScriptedAgentProcesses.this) {
                return state instanceof State.Running;
            }
        }

        /** Tells whether it works, be it without its shim. */
        public boolean works() {
            synchronized (ScriptedAgentProcesses.this) {
                return orphan || state instanceof State.Running;
            }
        }

        private ProcessesEnded told(int ended, int left, ProcessEnd how) {
            return new ProcessesEnded(
                    ended, left, true, Optional.of(new ProcessesEnded.Last(identity.pid(), "agent", how)));
        }

        private ProcessesEnded swept() {
            int ended = leftToEnd + (orphan ? 1 : 0);
            boolean known = state instanceof State.Exited;
            leftToEnd = 0;
            orphan = false;
            if (leftBehind > 0) {
                return told(ended, leftBehind, ProcessEnd.STILL_THERE);
            }
            if (ended > 0) {
                return told(ended, 0, ProcessEnd.KILLED);
            }
            return known ? ProcessesEnded.NONE : ProcessesEnded.UNSEEN;
        }

        private ScriptedProcess writes(String path, String text) {
            output.append(path, text.getBytes(StandardCharsets.UTF_8));
            tell(order.files());
            return this;
        }

        private void become(State next) {
            synchronized (ScriptedAgentProcesses.this) {
                state = next;
            }
            tell(order.files());
        }
    }

    /** Says what every process launched from now on does first. */
    public synchronized void onLaunch(Consumer<ScriptedProcess> does) {
        behaviour = does;
    }

    /** Lets the next launch fail before anything starts. */
    public synchronized void failNextLaunch(Supplier<? extends RuntimeException> failure) {
        failureBeforeStart = failure;
    }

    /** Lets the next launch fail although the process has started. */
    public synchronized void failAfterNextStart(Supplier<? extends RuntimeException> failure) {
        failureAfterStart = failure;
    }

    /** Lets the next sweep fail before anything is ended. */
    public synchronized void failNextSweep(Supplier<? extends RuntimeException> failure) {
        failureOfSweep = failure;
    }

    /** Returns the orders that started a process, oldest first. */
    public synchronized List<LaunchOrder> launches() {
        return List.copyOf(launches);
    }

    /** Returns the process of a run's attempt. */
    public synchronized ScriptedProcess process(RunId run, int attempt) {
        return Objects.requireNonNull(
                processes.get(InMemoryWorkspaces.filesOf(run, attempt).processRecord()), "no process was launched");
    }

    /** Ends everything at once, without an exit code, as a power cut would. */
    public void losePower() {
        List<ScriptedProcess> working;
        synchronized (this) {
            processes.values().forEach(process -> process.orphan = false);
            working = processes.values().stream()
                    .filter(ScriptedProcess::isRunning)
                    .toList();
        }
        working.forEach(ScriptedProcess::vanishes);
    }

    /** Returns the programs that work. */
    public synchronized Set<String> programs() {
        return processes.values().stream()
                .filter(ScriptedProcess::works)
                .map(process -> process.order.program())
                .collect(Collectors.toSet());
    }

    /** Returns the markers after whose end was swept, oldest first. */
    public synchronized List<String> swept() {
        return List.copyOf(swept);
    }

    /** Returns how many watches are open. */
    public synchronized int followers() {
        return followers.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public Optional<AgentProcess> launch(LaunchOrder order) {
        ScriptedProcess process;
        Consumer<ScriptedProcess> does;
        Optional<Supplier<? extends RuntimeException>> late;
        synchronized (this) {
            Supplier<? extends RuntimeException> early = failureBeforeStart;
            failureBeforeStart = null;
            if (early != null) {
                throw early.get();
            }
            ScriptedProcess earlier = processes.get(order.files().processRecord());
            if (earlier != null) {
                return alive(earlier);
            }
            process = new ScriptedProcess(order, FIRST_PID + processes.size());
            processes.put(order.files().processRecord(), process);
            order.firstLine().ifPresent(line -> process.said.put(1, line));
            launches.add(order);
            does = behaviour;
            late = Optional.ofNullable(failureAfterStart);
            failureAfterStart = null;
        }
        does.accept(process);
        if (late.isPresent()) {
            throw late.get().get();
        }
        return Optional.of(process.identity);
    }

    @Override
    public void say(AttemptFiles files, int number, String line) {
        ScriptedProcess process;
        synchronized (this) {
            process = processes.get(files.processRecord());
            if (process == null) {
                return;
            }
            process.said.putIfAbsent(number, line);
        }
        process.hear();
    }

    @Override
    public synchronized boolean isSaid(AttemptFiles files, int number) {
        ScriptedProcess process = processes.get(files.processRecord());
        return process != null && process.said.containsKey(number);
    }

    @Override
    public void hangUp(AttemptFiles files) {
        ScriptedProcess process;
        synchronized (this) {
            process = processes.get(files.processRecord());
            if (process == null) {
                return;
            }
            process.hungUp = true;
        }
        process.hear();
    }

    @Override
    public synchronized Optional<AgentProcess> find(AttemptFiles files, String marker) {
        return Optional.ofNullable(processes.get(files.processRecord()))
                .filter(process -> process.order.marker().equals(marker))
                .flatMap(ScriptedAgentProcesses::alive);
    }

    @Override
    public synchronized State state(AttemptProcess attempt) {
        ScriptedProcess process = processes.get(attempt.files().processRecord());
        return process == null ? new State.NotStarted() : process.state;
    }

    @Override
    public ProcessesEnded stop(AttemptProcess attempt) {
        return end(attempt, ProcessEnd.TERMINATED);
    }

    private ProcessesEnded end(AttemptProcess attempt, ProcessEnd how) {
        ProcessesEnded ended;
        synchronized (this) {
            ScriptedProcess process = processes.get(attempt.files().processRecord());
            if (process == null || !process.works()) {
                return ProcessesEnded.UNSEEN;
            }
            process.stops++;
            if (process.survivedStops > 0) {
                process.survivedStops--;
                return process.told(0, 1, ProcessEnd.STILL_THERE);
            }
            ended = process.told(1, 0, how);
            if (process.orphan) {
                process.orphan = false;
                return ended;
            }
            process.state = new State.Exited(process.exitCodeWhenStopped);
        }
        tell(attempt.files());
        return ended;
    }

    @Override
    public ProcessesEnded kill(AttemptProcess attempt) {
        synchronized (this) {
            ScriptedProcess process = processes.get(attempt.files().processRecord());
            if (process != null && process.works()) {
                process.kills++;
            }
        }
        return end(attempt, ProcessEnd.KILLED);
    }

    @Override
    public synchronized Usage usage(AttemptProcess attempt, long enough) {
        ScriptedProcess process = processes.get(attempt.files().processRecord());
        return process != null && process.works() ? process.usage : Usage.NOTHING;
    }

    @Override
    public synchronized Optional<Duration> cpuTime(AttemptProcess attempt) {
        ScriptedProcess process = processes.get(attempt.files().processRecord());
        return process != null && process.works() ? process.cpuTime : Optional.empty();
    }

    @Override
    public synchronized ProcessesEnded sweep(AttemptProcess attempt) {
        Supplier<? extends RuntimeException> failure = failureOfSweep;
        failureOfSweep = null;
        if (failure != null) {
            throw failure.get();
        }
        swept.add(attempt.marker());
        return processes.values().stream()
                .filter(process -> process.order.marker().equals(attempt.marker()))
                .map(ScriptedProcess::swept)
                .reduce(ProcessesEnded::and)
                .orElse(ProcessesEnded.UNSEEN);
    }

    @Override
    public synchronized Subscription follow(AttemptFiles files, Runnable wakeUp) {
        Object own = new Object();
        followers
                .computeIfAbsent(files.processRecord(), key -> new LinkedHashMap<>())
                .put(own, wakeUp);
        return () -> {
            synchronized (this) {
                followers
                        .getOrDefault(files.processRecord(), new LinkedHashMap<>())
                        .remove(own);
            }
        };
    }

    private static Optional<AgentProcess> alive(ScriptedProcess process) {
        return process.state instanceof State.Running ? Optional.of(process.identity) : Optional.empty();
    }

    private void tell(AttemptFiles files) {
        List<Runnable> present;
        synchronized (this) {
            present = List.copyOf(
                    followers.getOrDefault(files.processRecord(), Map.of()).values());
        }
        present.forEach(Runnable::run);
    }
}
