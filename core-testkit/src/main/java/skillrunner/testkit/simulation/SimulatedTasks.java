package skillrunner.testkit.simulation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Bell;

/** The threads of one server's life. */
final class SimulatedTasks implements BackgroundTasks {
    private final Scheduler scheduler;
    private final Life life;
    private final Predicate<String> lost;
    private final Consumer<String> trace;

    /**
     * Makes them.
     *
     * @param scheduler gives turns
     * @param life ends all of them
     * @param lost tells of a task by its name whether it is never carried out
     * @param trace gets what leaves a task
     */
    SimulatedTasks(Scheduler scheduler, Life life, Predicate<String> lost, Consumer<String> trace) {
        this.scheduler = scheduler;
        this.life = life;
        this.lost = lost;
        this.trace = trace;
    }

    @Override
    public void submit(String name, Runnable task) {
        submitAfter(Duration.ZERO, name, task);
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        life.goOn();
        if (!lost.test(name)) {
            scheduler.spawn(name, life, delay, () -> carryOut(name, task));
        }
    }

    /** What may leave a task by the promise of {@link BackgroundTasks} ends only that task. */
    private void carryOut(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            trace.accept(name + " is left by " + e);
        }
    }

    @Override
    public Bell bell() {
        return new SimulatedBell(scheduler);
    }
}
