package skillrunner.delegate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.application.signin.SignIns;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.cli.ScriptedPrograms;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.console.ScriptedConsole;
import skillrunner.testkit.console.ScriptedConsoles;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.signin.SignInPlace;
import skillrunner.testkit.terminal.InMemoryHome;
import skillrunner.testkit.terminal.TestTerminal;

/**
 * Sign-ins whose programs a test plays. Programs are read on threads of their own; everything else happens on the test's thread, when it
 * lets time pass.
 */
final class DelegateFixture extends SignInPlace implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ManualClock clock = new ManualClock();
    final ScriptedConsoles consoles = new ScriptedConsoles();
    final InMemoryHome settings = new InMemoryHome();
    final ScriptedPrograms programs = new ScriptedPrograms(List::of);
    private final Threads background = new Threads();
    private final ExclusiveUse use = new ExclusiveUse();
    private final SequentialIds ids = new SequentialIds();
    final SignIns signIns;
    private Optional<SignInSnapshot> session = Optional.empty();

    DelegateFixture(Path folder) {
        super(folder);
        this.signIns = server();
    }

    /** Another server over the same home and records. */
    SignIns server() {
        Engines engines =
                new Engines(EngineId.BUILT_IN.stream().map(TestEngineCli::new).toList(), List.of(), Optional.empty());
        return new SignIns(
                DelegateDrivers.of(
                        new DelegateSettings(home(), Optional.empty(), PATIENCE),
                        consoles,
                        programs,
                        engines,
                        new TrustedFolders(engines, settings),
                        new StrictJson(),
                        clock,
                        background),
                use,
                records(),
                engine -> false,
                background,
                ids,
                clock,
                Optional.of(Duration.ofMinutes(15)));
    }

    /** A reader needs a thread, for it waits; what comes later comes when the test lets time pass. */
    private static final class Threads implements BackgroundTasks {
        private final DeferredBackgroundTasks later = new DeferredBackgroundTasks();
        private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

        @Override
        public void submit(String name, Runnable task) {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        @Override
        public void submitAfter(Duration delay, String name, Runnable task) {
            later.submitAfter(delay, name, task);
        }

        /** Who waits for a lock goes on in a moment, and is known by what it waits for. */
        private static boolean waitsForItsProgram(Thread thread) {
            return thread.getState() == Thread.State.WAITING && LockSupport.getBlocker(thread) == null;
        }

        boolean rest() {
            return threads.stream()
                    .allMatch(thread -> thread.getState() == Thread.State.TERMINATED || waitsForItsProgram(thread));
        }
    }

    DelegateFixture start(EngineId engine, SignInMethod method, String... provider) {
        session = Optional.of(signIns.start(
                SignInTransport.CLI_DELEGATE,
                engine,
                method,
                Stream.of(provider).findFirst()));
        settle();
        return this;
    }

    /** The program shows something, and it is read. */
    DelegateFixture shows(String text) {
        program().prints(text);
        settle();
        return pass(Duration.ofMillis(50));
    }

    DelegateFixture exits(int code) {
        program().exits(code);
        settle();
        return this;
    }

    /** Time passes, a quarter of a second at a time. */
    DelegateFixture pass(Duration time) {
        Duration left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            Duration step = left.compareTo(Duration.ofMillis(250)) < 0 ? left : Duration.ofMillis(250);
            clock.advance(step);
            background.later.runDelayed();
            settle();
            left = left.minus(step);
        }
        return this;
    }

    /** Whoever reads has read all, and waits for more. */
    void settle() {
        while (consoles.started().stream().anyMatch(console -> !console.closed() && console.unread() > 0)
                || !background.rest()) {
            Thread.onSpinWait();
        }
    }

    ScriptedConsole program() {
        return consoles.last();
    }

    /** What was typed since it was asked last. */
    String typed() {
        String all = program().typed();
        int known = told.getOrDefault(program(), 0);
        told.put(program(), all.length());
        return all.substring(known);
    }

    private final Map<ScriptedConsole, Integer> told = new HashMap<>();

    SignInSnapshot now() {
        return signIns.find(
                Optional.of(SignInTransport.CLI_DELEGATE),
                session.orElseThrow().session().id().value());
    }

    SignInStatus status() {
        return now().session().status();
    }

    String error() {
        return now().session().error().map(it -> it.fault() + ": " + it.words()).orElse("");
    }

    String address() {
        return now().session().prompt().address().orElse("");
    }

    SignInSnapshot submit(String value) {
        SignInSnapshot after = signIns.submit(
                Optional.of(SignInTransport.CLI_DELEGATE),
                session.orElseThrow().session().id().value(),
                SignInInputKind.TEXT,
                value);
        settle();
        return after;
    }

    SignInSnapshot cancel() {
        return signIns.cancel(
                Optional.empty(), session.orElseThrow().session().id().value());
    }

    /** The folders that an engine trusts. */
    List<String> trusted(EngineId engine) {
        return settings.readText(new TestTerminal(engine).trustFile())
                .map(text -> text.lines().toList())
                .orElse(List.of());
    }

    Path folder() {
        return Path.of(session.orElseThrow().folder());
    }

    void every(Consumer<ScriptedConsole> what) {
        consoles.onStart(what);
    }

    @Override
    public void close() {
        signIns.close();
    }
}
