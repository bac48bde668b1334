package skillrunner.testkit.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.PortSeam;

/** Between each server and its ports: others get their turn at every call, and calls fail. */
final class Interception implements PortSeam {
    /** Called under a lock of the core, where nobody else can have a turn. */
    private static final Set<String> UNDER_LOCK =
            Set.of("Runs.takeNextQueued", "UpgradeTasks.addIfNoneActive", "UpgradeTasks.save");

    /** Don't fail by contract, or stand for things that can't. */
    private static final Set<String> CANT_FAIL = Set.of(
            "RunWorkspaces.attemptFiles",
            "AgentProcesses.follow",
            "RunArtifacts.list",
            "RunRecords.closeAttempt",
            "EngineBinaries.find",
            "EngineBinaries.locate",
            "EngineBinaries.release",
            "EngineBinaries.environment",
            "EngineUpgrader.running");

    /** So many calls of a method are made in a story before its last chance to fail. */
    private static final int LATEST = 24;

    /** What changes files may have done its work, or half of it, when it fails. A database does all or nothing. */
    private static final Set<String> FILES =
            Set.of("RunWorkspaces", "RunRecords", "RunArtifacts", "Uploads", "TempPackages", "AgentProcesses");

    private final Draws draws;
    private final Scheduler scheduler;
    private final Supplier<Life> life;
    private final Supplier<Boolean> stormy;
    private final Luck luck;
    private final Saboteur saboteur;
    private final Consumer<String> trace;
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> aims = new HashMap<>();
    private int faults;

    Interception(
            Draws draws,
            Scheduler scheduler,
            Supplier<Life> life,
            Supplier<Boolean> stormy,
            Luck luck,
            Saboteur saboteur,
            Consumer<String> trace) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.life = life;
        this.stormy = stormy;
        this.luck = luck;
        this.saboteur = saboteur;
        this.trace = trace;
    }

    int faults() {
        return faults;
    }

    @Override
    public <P> P between(Class<P> port, P real) {
        Life own = life.get();
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (self, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? invoke(real, method, arguments)
                        : call(own, port, real, method, arguments)));
    }

    private @Nullable Object call(
            Life own, Class<?> port, Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = port.getSimpleName() + "." + method.getName();
        own.goOn();
        boolean others = !UNDER_LOCK.contains(name);
        if (others) {
            scheduler.pause();
        }
        trace.accept(name);
        if (fails(name)) {
            faults++;
            Throwable fault = fault(port);
            if (FILES.contains(port.getSimpleName()) && draws.of(true, false)) {
                trace.accept("  is done, but fails with " + fault);
                invoke(real, method, arguments);
            } else {
                trace.accept("  fails with " + fault);
            }
            throw fault;
        }
        Object result = saboteur.call(name, arguments, () -> invoke(real, method, arguments));
        if (others && draws.of(true, false, false)) {
            scheduler.pause();
        }
        saboteur.after(name);
        return result;
    }

    /** In the middle of a change that is not one step. */
    void midway(String what) {
        scheduler.pause();
        if (hasBadLuck() && draws.of(true, false)) {
            faults++;
            trace.accept("  fails in the middle of " + what);
            throw draws.of(
                    new UncheckedIOException(new IOException("passing")),
                    new StorageFullException(new IOException("no space")));
        }
    }

    private boolean fails(String name) {
        return !CANT_FAIL.contains(name) && (isTheOne(name) || hasBadLuck());
    }

    /** Not only the calls of a storm fail, but one of each method, which may be its first. */
    private boolean isTheOne(String name) {
        int call = calls.merge(name, 1, Integer::sum);
        return luck.aimed()
                && scheduler.isActing()
                && call == aims.computeIfAbsent(name, any -> draws.between(1, LATEST));
    }

    private boolean hasBadLuck() {
        return luck.faultOneIn() > 0
                && scheduler.isActing()
                && stormy.get()
                && draws.between(1, luck.faultOneIn()) == 1;
    }

    private Throwable fault(Class<?> port) {
        return draws.of(
                new UnavailableException("the " + port.getSimpleName(), new IOException("passing")),
                new UnavailableException("the " + port.getSimpleName(), new IOException("passing")),
                new UncheckedIOException(new IOException("passing")),
                new StorageFullException(new IOException("no space")),
                new IllegalStateException("a bug"),
                new OutOfMemoryError("simulated"),
                new StackOverflowError("simulated"));
    }

    private static @Nullable Object invoke(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
