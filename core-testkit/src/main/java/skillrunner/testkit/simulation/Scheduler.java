package skillrunner.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.random.Draws;

/**
 * Gives many threads their turns, one at a time. Whose turn is next is drawn; time passes between turns, and where everybody
 * waits it passes until somebody's wait is over.
 */
final class Scheduler {
    /** Shared by all simulations: making a thread costs more than a turn. */
    private static final ExecutorService THREADS = threads();

    private static final int STALLS_ONE_IN = 400;

    private final Draws draws;
    private final ManualClock clock;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore ownTurn = new Semaphore(0);
    private final Consumer<Throwable> dropped;
    private @Nullable Actor acting;

    /** Somebody who acts when it is his turn: a thread of the server, a client, or an event of the world. */
    private final class Actor {
        private final String name;
        private final Runnable work;
        private final Semaphore turn = new Semaphore(0);
        private Life life;
        private Duration due;
        private @Nullable SimulatedBell bell;
        private boolean begun;
        private boolean ended;

        Actor(String name, Life life, Duration due, Runnable work) {
            this.name = name;
            this.life = life;
            this.due = due;
            this.work = work;
        }

        boolean isReady() {
            return life.isOver() || (bell != null && bell.hasRung()) || !isLater(due);
        }

        void begin() {
            // An interrupt meant for another simulation's work on this thread must not meet this one.
            Thread.interrupted();
            try {
                work.run();
            } catch (ServerDied e) {
                // That is how its threads end.
            } catch (Throwable e) {
                dropped.accept(new AssertionError(name + " was left by " + e, e));
            } finally {
                ended = true;
                ownTurn.release();
            }
        }
    }

    /**
     * Makes one without actors.
     *
     * @param draws decides
     * @param clock is moved
     * @param dropped gets what leaves an actor
     */
    Scheduler(Draws draws, ManualClock clock, Consumer<Throwable> dropped) {
        this.draws = draws;
        this.clock = clock;
        this.dropped = dropped;
    }

    /** Lets somebody begin after a while. Nobody begins whose life is over by then. */
    void spawn(String name, Life life, Duration delay, Runnable work) {
        actors.add(new Actor(name, life, now().plus(delay), work));
    }

    /**
     * Gives somebody a turn.
     *
     * @return false if nobody is left
     */
    boolean turn() {
        actors.removeIf(actor -> actor.ended || (actor.life.isOver() && !actor.begun));
        if (actors.isEmpty()) {
            return false;
        }
        clock.advance(
                draws.between(1, STALLS_ONE_IN) == STALLS_ONE_IN / 2
                        ? Duration.ofMillis(draws.between(1, 20_000))
                        : Duration.ofNanos(draws.between(1, 2_000_000)));
        List<Actor> ready = actors.stream().filter(Actor::isReady).toList();
        if (ready.isEmpty()) {
            Duration next = actors.stream()
                    .map(actor -> actor.due)
                    .min(Duration::compareTo)
                    .orElseThrow();
            clock.advance(next.minus(now()));
            ready = actors.stream().filter(Actor::isReady).toList();
        }
        Actor chosen = ready.get(draws.between(0, ready.size() - 1));
        chosen.bell = null;
        acting = chosen;
        if (chosen.begun) {
            chosen.turn.release();
        } else {
            chosen.begun = true;
            THREADS.execute(chosen::begin);
        }
        ownTurn.acquireUninterruptibly();
        acting = null;
        return true;
    }

    /** Lets others have their turns, if the caller has one. */
    void pause() {
        Actor me = acting;
        if (me != null) {
            me.due = now();
            handOver(me);
        }
    }

    /** Waits on a bell. */
    void await(SimulatedBell bell, Duration atMost) throws InterruptedException {
        Actor me = acting;
        if (me == null) {
            throw new IllegalStateException("only who has a turn can wait");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        me.bell = bell;
        me.due = now().plus(atMost);
        handOver(me);
        bell.silence();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Waits for time to pass. */
    void sleep(Duration time) {
        Actor me = acting;
        if (me == null) {
            throw new IllegalStateException("only who has a turn can wait");
        }
        me.due = now().plus(time);
        handOver(me);
    }

    /** Shares a life while something is done: a client's call runs inside the server. */
    void within(Life life, Runnable call) {
        Actor me = acting;
        if (me == null) {
            throw new IllegalStateException("only who has a turn can call");
        }
        Life own = me.life;
        me.life = life;
        try {
            call.run();
        } finally {
            me.life = own;
        }
    }

    /** Who has the turn. */
    String acting() {
        return acting == null ? "nobody" : acting.name;
    }

    /** Tells whether anybody of a server has something to do, now or later. */
    boolean isAtWork(Life life) {
        return actors.stream().anyMatch(actor -> actor.life == life && !actor.ended);
    }

    /** Tells whether anybody has the turn. */
    boolean isActing() {
        return acting != null;
    }

    Duration now() {
        return clock.monotonic().reading();
    }

    private boolean isLater(Duration moment) {
        return moment.compareTo(now()) > 0;
    }

    /** Virtual ones where the JDK has them, for to give another of them its turn needs no help of the operating system. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "simulated");
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private void handOver(Actor me) {
        ownTurn.release();
        me.turn.acquireUninterruptibly();
        me.life.goOn();
    }
}
