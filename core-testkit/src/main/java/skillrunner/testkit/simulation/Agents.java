package skillrunner.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

/** What the agents do; they live in the world, not in a server. */
final class Agents {
    private final Draws draws;
    private final Scheduler scheduler;
    private final Life world;
    private final Consumer<String> trace;
    private final Map<String, ScriptedProcess> processes = new TreeMap<>();
    private final Map<RunId, Fate> fates = new HashMap<>();
    private final Map<RunId, Duration> begun = new HashMap<>();
    private final Map<RunId, Duration> ended = new HashMap<>();
    private int starts;

    Agents(Draws draws, Scheduler scheduler, Life world, Consumer<String> trace) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.trace = trace;
    }

    /** A server has started one. */
    void launched(ScriptedProcess process) {
        starts++;
        String marker = process.order().marker();
        processes.put(marker, process);
        RunId run = run(process);
        Fate fate = draws.of(
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.ANSWERS_BADLY,
                Fate.GIVES_UP,
                Fate.VANISHES,
                Fate.GOES_ON,
                Fate.CLINGS);
        fates.put(run, fate);
        begun.put(run, scheduler.now());
        if (fate == Fate.CLINGS) {
            process.refusesToDie(draws.between(1, 3));
        }
        talk(process, fate, draws.between(0, 6));
    }

    /** Ends all, as a power cut would. */
    void losePower() {
        processes.values().stream().filter(ScriptedProcess::isRunning).forEach(ScriptedProcess::vanishes);
    }

    int starts() {
        return starts;
    }

    int kinds() {
        return processes.size();
    }

    boolean anyWorks() {
        return processes.values().stream().anyMatch(ScriptedProcess::isRunning);
    }

    /** What a run's agent means to do, if one was started. */
    Optional<Fate> fate(RunId run) {
        return Optional.ofNullable(fates.get(run));
    }

    /** How long a run's agent worked; empty if it did not end by itself. */
    Optional<Duration> worked(RunId run) {
        return Optional.ofNullable(ended.get(run)).map(end -> end.minus(Objects.requireNonNull(begun.get(run))));
    }

    private void talk(ScriptedProcess process, Fate fate, int lines) {
        scheduler.spawn("agent of " + run(process), world, Duration.ofMillis(draws.between(0, 8_000)), () -> {
            if (!process.isRunning()) {
                return;
            }
            if (lines > 0) {
                process.prints(
                        ("working " + lines + "\n").repeat(draws.between(1, 50)).getBytes(StandardCharsets.UTF_8));
                if (draws.of(true, false, false)) {
                    process.complains("a word on the side");
                }
                talk(process, fate, lines - 1);
                return;
            }
            end(process, fate);
        });
    }

    private void end(ScriptedProcess process, Fate fate) {
        RunId run = run(process);
        trace.accept("agent of " + run + " " + fate);
        switch (fate) {
            case ANSWERS -> process.answers("{\"run\": \"" + run + "\"}");
            case ANSWERS_BADLY -> process.answers("[1, 2");
            case GIVES_UP -> {
                process.complains("no way");
                process.exits(3);
            }
            case VANISHES -> process.vanishes();
            case GOES_ON, CLINGS -> {
                return;
            }
        }
        ended.put(run, scheduler.now());
    }

    private static RunId run(ScriptedProcess process) {
        String marker = process.order().marker();
        return new RunId(marker.substring(0, marker.lastIndexOf('.')));
    }
}
