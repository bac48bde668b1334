package skillrunner.testkit.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.CoreOnFakes;

import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/**
 * One story of a server: clients come and go, agents work, calls fail, the server is killed and started again, the disk runs
 * full, the clock jumps. All of it is decided by one seed. For one thread.
 */
public final class Simulation implements World {
    private static final int TRACED = 400;
    private static final int MOST_TURNS = 50_000;
    private static final Duration LONGEST = Duration.ofDays(2);

    private final Draws draws;
    private final Luck luck;
    private final CoreOnFakes core;
    private final Scheduler scheduler;
    private final Saboteur saboteur;
    private final Interception interception;
    private final Agents agents;
    private final Rules rules;
    private final Deque<String> story = new ArrayDeque<>();
    private @Nullable Throwable dropped;
    private final Life world = new Life();
    private Life life = new Life();
    private boolean listening;
    private boolean calm;
    private int guests;

    private Simulation(Draws draws, Sabotage sabotage) {
        this.draws = draws;
        this.luck = Luck.of(draws);
        // The first server of the fakes is never used: it only makes the world.
        this.core = new CoreOnFakes(new DeferredBackgroundTasks());
        this.scheduler = new Scheduler(draws, core.clock, thrown -> dropped = dropped == null ? thrown : dropped);
        this.saboteur = new Saboteur(sabotage, draws, core.workspaces);
        this.interception = new Interception(draws, scheduler, this::life, this::isStormy, luck, saboteur, this::trace);
        this.agents = new Agents(draws, scheduler, world, this::trace);
        this.rules = new Rules(core, luck, agents);
        core.skills.install(aSkill().build());
        core.processes.onLaunch(agents::launched);
        core.limit(luck.slots(), luck.maxQueued());
    }

    /**
     * Tells a story.
     *
     * @param draws decides everything
     * @throws AssertionError if a rule is broken; tells the end of the story
     */
    public static void of(Draws draws) {
        of(draws, Sabotage.NONE);
    }

    /**
     * Tells a story with a planted fault.
     *
     * @param draws decides everything
     * @param sabotage the fault
     * @throws AssertionError if a rule is broken, as it should be some time; tells the end of the story
     */
    public static void of(Draws draws, Sabotage sabotage) {
        new Simulation(draws, sabotage).tell();
    }

    private void tell() {
        try {
            begin();
            int turns = 0;
            while (!isOver()) {
                require(scheduler.turn(), "nobody is left to act, but the story is not over");
                check();
                misfortune();
                require(++turns < MOST_TURNS, "the story does not end: " + turns + " turns");
                require(scheduler.now().compareTo(LONGEST) < 0, "a run has not ended within " + LONGEST);
            }
            calm = true;
            core.disk.free();
            rules.checkAtLast(luck.isFair());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + luck + "\n" + String.join("\n", story), e);
        } finally {
            // No thread may wait for ever for a turn that nobody gives.
            life.end();
            world.end();
            boolean more = true;
            while (more) {
                more = scheduler.turn();
            }
        }
    }

    private void begin() {
        for (int i = 1; i <= luck.clients(); i++) {
            Client client = new Client(draws, scheduler, this, i);
            guests++;
            scheduler.spawn("client " + i, world, Duration.ZERO, () -> {
                client.visit();
                guests--;
            });
        }
        if (luck.fullDisks()) {
            disk();
        }
        if (luck.clockJumps()) {
            someTime("clock", () -> {
                Duration jump = Duration.ofMinutes(draws.between(-120, 120));
                trace("the clock jumps by " + jump);
                core.clock.set(core.clock.instant().plus(jump));
            });
        }
        startServer(Duration.ZERO);
    }

    private void disk() {
        someTime("disk", () -> {
            trace("the disk is full");
            draws.<Runnable>of(core.disk::fill, core.disk::becomeTight).run();
            scheduler.spawn("disk", world, Duration.ofMillis(draws.between(1, 120_000)), () -> {
                trace("there is room again");
                core.disk.free();
            });
        });
    }

    private void someTime(String who, Runnable event) {
        int seconds = (int) luck.storm().toSeconds();
        for (int i = draws.between(1, 3); i > 0; i--) {
            scheduler.spawn(who, world, Duration.ofSeconds(draws.between(0, seconds)), event);
        }
    }

    /** What a service manager does: a server that does not come up is started again. */
    private void startServer(Duration delay) {
        life = new Life();
        Life mine = life;
        CoreOnFakes.Server server = core.restartOn(new SimulatedTasks(scheduler, mine, saboteur::loses), interception);
        scheduler.spawn("start", mine, delay, () -> {
            try {
                int recovered = server.reconcileRuns.reconcile();
                trace("the server is up, " + recovered + " runs picked up");
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                trace("the start fails: " + e);
                mine.end();
                scheduler.spawn("service manager", world, Duration.ofSeconds(1), () -> startServer(Duration.ZERO));
                return;
            }
            listening = true;
            server.dispatcher.start();
        });
    }

    private void misfortune() {
        if (luck.killOneIn() > 0 && isStormy() && !life.isOver() && draws.between(1, luck.killOneIn()) == 1) {
            kill(luck.powerCuts() && draws.of(true, false));
        }
    }

    private void kill(boolean power) {
        trace(power ? "the power fails" : "the server is killed");
        life.end();
        listening = false;
        saboteur.killed();
        core.endHolds();
        if (power) {
            agents.losePower();
            core.output.losePower(most -> draws.between(0, most));
        }
        startServer(Duration.ofMillis(draws.between(0, 30_000)));
    }

    /** How the fake workspaces say how a run ended. */
    static boolean says(StoredBytes result, String word) {
        try (InputStream in = result.open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).equals("{\"status\":\"" + word + "\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isStormy() {
        return !calm && scheduler.now().compareTo(luck.storm()) < 0;
    }

    private boolean isOver() {
        return guests == 0
                && listening
                && !agents.anyWorks()
                && core.runs.all().stream().allMatch(run -> run.status().isTerminal())
                && core.server().dispatcher.busySlots() == 0;
    }

    private void check() {
        if (dropped != null) {
            throw new AssertionError(dropped.getMessage(), dropped);
        }
        require(saboteur.startsBeside() == 0, "an attempt was started twice");
        rules.checkNow(interception.faults() == 0 && !luck.fullDisks());
    }

    private static void require(boolean holds, String breach) {
        if (!holds) {
            throw new AssertionError(breach);
        }
    }

    @Override
    public Optional<CoreOnFakes.Server> server() {
        return listening ? Optional.of(core.server()) : Optional.empty();
    }

    @Override
    public Life life() {
        return life;
    }

    @Override
    public void acknowledged(RequestId request, Optional<IdempotencyKey> key) {
        trace("request " + request + " is accepted");
        rules.acknowledged(request, key);
    }

    @Override
    public void promisedEnd(RunId run) {
        trace("the end of " + run + " is promised");
        rules.promisedEnd(run);
    }

    @Override
    public void trace(String event) {
        if (story.size() == TRACED) {
            story.remove();
        }
        story.add(scheduler.now() + " " + scheduler.acting() + ": " + event);
    }
}
