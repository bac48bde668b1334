package skillrunner.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.InMemoryWorkspaces;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

/** What the agents do; they live in the world, not in a server. */
final class Agents {
    private static final int KILLED = 137;

    private final Draws draws;
    private final Scheduler scheduler;
    private final Life world;
    private final InMemoryWorkspaces workspaces;
    private final Consumer<String> trace;
    private final Map<String, ScriptedProcess> processes = new TreeMap<>();
    private final Map<RunId, Fate> fates = new HashMap<>();
    private final Map<RunId, Duration> begun = new HashMap<>();
    private final Map<RunId, Duration> ended = new HashMap<>();
    private final boolean talks;
    private BiConsumer<ScriptedProcess, String> hearing = (process, line) -> {};
    private int starts;

    Agents(
            Draws draws,
            Scheduler scheduler,
            Life world,
            InMemoryWorkspaces workspaces,
            boolean talks,
            Consumer<String> trace) {
        this.talks = talks;
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.workspaces = workspaces;
        this.trace = trace;
    }

    /** Whatever an agent that keeps running is told, somebody else hears too. */
    void onHeard(BiConsumer<ScriptedProcess, String> listener) {
        hearing = listener;
    }

    /** A server has started one. */
    void launched(ScriptedProcess process) {
        starts++;
        String marker = process.order().marker();
        processes.put(marker, process);
        RunId run = run(process);
        Fate fate = talks ? talking() : silent();
        fates.put(run, fate);
        begun.put(run, scheduler.now());
        ended.remove(run);
        if (fate == Fate.CLINGS) {
            process.refusesToDie(draws.between(1, 3));
        }
        if (talks) {
            process.prints("session s-" + run);
        }
        if (process.order().firstLine().isPresent()) {
            process.listens(this::hear, this::endsTalk);
        } else {
            talk(process, fate, draws.between(0, 6));
        }
    }

    /** One that keeps running does with each turn what it likes. */
    private void hear(ScriptedProcess process, String line) {
        hearing.accept(process, line);
        RunId run = run(process);
        Fate fate = talking();
        fates.put(run, fate);
        begun.put(run, scheduler.now());
        ended.remove(run);
        talk(process, fate, draws.between(0, 6));
    }

    /** Not at once. */
    private void endsTalk(ScriptedProcess process) {
        act(process, Duration.ofMillis(draws.between(0, 2_000)), () -> {
            process.exits(0);
            ended.put(run(process), scheduler.now());
        });
    }

    /** Closes the turn and waits for what it is told next, or for the end; some lose their patience. */
    private void closes(ScriptedProcess process, String words, boolean asks) {
        process.prints("say " + words).prints("done");
        if (asks && draws.of(true, false, false, false, false, false)) {
            int heard = process.heard().size();
            act(process, Duration.ofMillis(draws.between(0, 60_000)), () -> {
                if (process.heard().size() == heard) {
                    trace.accept("agent of " + run(process) + " does not wait any longer");
                    process.exits(0);
                }
            });
        }
    }

    private Fate talking() {
        return draws.of(
                Fate.ASKS,
                Fate.ASKS,
                Fate.ASKS,
                Fate.ASKS,
                Fate.ASKS,
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.GIVES_UP,
                Fate.IS_KILLED,
                Fate.VANISHES,
                Fate.GOES_ON);
    }

    private Fate silent() {
        return draws.of(
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.ANSWERS,
                Fate.ANSWERS_BADLY,
                Fate.GIVES_UP,
                Fate.IS_KILLED,
                Fate.VANISHES,
                Fate.LOSES_ITS_SHIM,
                Fate.GOES_ON,
                Fate.CLINGS);
    }

    int starts() {
        return starts;
    }

    int kinds() {
        return processes.size();
    }

    boolean anyWorks() {
        return processes.values().stream().anyMatch(ScriptedProcess::works);
    }

    /** Tells whether an agent of a run works. */
    boolean work(RunId run) {
        return processes.values().stream()
                .anyMatch(process -> process.works() && run(process).equals(run));
    }

    /** What a run's agent means to do, if one was started. */
    Optional<Fate> fate(RunId run) {
        return Optional.ofNullable(fates.get(run));
    }

    /** How long a run's agent worked; empty if it did not end by itself. */
    Optional<Duration> worked(RunId run) {
        return Optional.ofNullable(ended.get(run)).map(end -> end.minus(Objects.requireNonNull(begun.get(run))));
    }

    /** Which run a process is for. */
    static RunId run(ScriptedProcess process) {
        String marker = process.order().marker();
        return new RunId(marker.substring(0, marker.lastIndexOf('.')));
    }

    /** Which attempt of its run a process is. */
    static int attempt(ScriptedProcess process) {
        String marker = process.order().marker();
        return Integer.parseInt(marker.substring(marker.lastIndexOf('.') + 1));
    }

    private void talk(ScriptedProcess process, Fate fate, int lines) {
        act(process, Duration.ofMillis(draws.between(0, 8_000)), () -> {
            if (lines <= 0) {
                end(process, fate);
                return;
            }
            if (talks && draws.of(true, false)) {
                process.prints("say thinking of " + lines);
            }
            say(process, lines, () -> talk(process, fate, lines - 1));
            if (draws.of(true, false, false)) {
                process.complains("a word on the side");
            }
            if (draws.of(true, false, false)) {
                workspaces.leave(
                        run(process),
                        "note-" + lines + ".md",
                        "written by " + process.order().marker());
            }
        });
    }

    /** In two parts that break in the middle of a character. */
    private void say(ScriptedProcess process, int lines, Runnable next) {
        byte[] text = ("working 汉 " + lines + "\n").repeat(draws.between(1, 50)).getBytes(StandardCharsets.UTF_8);
        int cut = text.length - "汉".getBytes(StandardCharsets.UTF_8).length - 2;
        process.prints(Arrays.copyOf(text, cut));
        act(process, Duration.ofMillis(draws.between(0, 3)), () -> {
            process.prints(Arrays.copyOfRange(text, cut, text.length));
            next.run();
        });
    }

    private void act(ScriptedProcess process, Duration delay, Runnable what) {
        scheduler.spawn("agent of " + run(process), world, delay, () -> {
            if (process.works()) {
                what.run();
            }
        });
    }

    private void end(ScriptedProcess process, Fate fate) {
        RunId run = run(process);
        trace.accept("agent of " + run + " " + fate);
        switch (fate) {
            case ASKS -> answer(process, "Which way, after " + process.order().marker() + "?", true);
            case ANSWERS -> {
                if (draws.of(true, false)) {
                    workspaces.leave(
                            run, "answer.md", "written by " + process.order().marker());
                }
                answer(process, "{\"run\": \"" + run + "\"}", false);
            }
            case ANSWERS_BADLY -> process.answers("[1, 2");
            case GIVES_UP -> {
                process.complains("no way");
                process.exits(3);
            }
            case IS_KILLED -> process.exits(KILLED);
            case VANISHES -> process.vanishes();
            case LOSES_ITS_SHIM -> {
                process.losesItsShim();
                goOn(process);
            }
            case GOES_ON, CLINGS -> {
                return;
            }
        }
        if (!process.works()) {
            ended.put(run, scheduler.now());
        }
    }

    private void answer(ScriptedProcess process, String words, boolean asks) {
        if (process.order().firstLine().isPresent()) {
            closes(process, words, asks);
        } else {
            process.answers(words);
        }
    }

    private void goOn(ScriptedProcess process) {
        act(process, Duration.ofMillis(draws.between(0, 2_000)), () -> {
            process.prints("still there");
            goOn(process);
        });
    }
}
