package skillrunner.testkit.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.upgrade.ScriptedUpgrader;

import static skillrunner.testkit.simulation.Rules.require;

/**
 * One story of a server: clients come and go, agents work, calls fail, the server is killed and started again, the disk runs
 * full, the clock jumps. All of it is decided by one seed. For one thread.
 */
public final class Simulation implements World {
    private static final int TRACED = 1_000;
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
    private final TalkRules talkRules;
    private final StockRules stockRules;
    private final Stock stock;
    private final Deque<Event> story = new ArrayDeque<>();
    private @Nullable Throwable dropped;
    private final Life world = new Life();
    private Life life = new Life();
    private boolean firstServer = true;
    private boolean listening;
    private boolean calm;
    private int guests;
    private int version;
    private @Nullable Premises premises;

    /** Something that happened; put into words only if somebody wants to read them. */
    private record Event(Duration when, String who, String what) {}

    private Simulation(Draws draws, Sabotage sabotage, boolean talks, boolean keeps) {
        this.draws = draws;
        this.luck = Luck.of(draws, talks, keeps);
        // The first server of the fakes is never used: it only makes the world.
        this.core = new CoreOnFakes(new DeferredBackgroundTasks());
        this.scheduler = new Scheduler(draws, core.clock, thrown -> dropped = dropped == null ? thrown : dropped);
        this.stock = new Stock(core);
        this.saboteur = new Saboteur(sabotage, draws, core, stock);
        this.interception = new Interception(draws, scheduler, this::life, this::isStormy, luck, saboteur, this::trace);
        this.agents = new Agents(draws, scheduler, world, core.workspaces, talks, this::trace);
        this.rules = new Rules(core, luck, agents);
        this.talkRules = new TalkRules(core, luck);
        agents.onHeard(talkRules::heard);
        if (keeps) {
            core.driver.keepsRunning();
        }
        this.stockRules = new StockRules(stock);
        core.disk.onMidway(interception::midway);
        core.processes.onLaunch(process -> {
            rules.launched(process);
            talkRules.launched(process);
            agents.launched(process);
        });
        core.limit(luck.slots(), luck.maxQueued());
        core.journal.onAppend(saboteur::told);
        if (talks && luck.killOneIn() > 0) {
            core.journalDisk.onWrite(what -> diesWriting());
        }
    }

    /** A server may be killed between any two events that it writes. */
    private void diesWriting() {
        if (isStormy() && scheduler.isActing() && !life.isOver() && draws.between(1, luck.killOneIn()) == 1) {
            trace("in the middle of telling");
            kill(false);
            throw new ServerDied();
        }
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
        new Simulation(draws, sabotage, sabotage.talks(), sabotage.keeps()).tell();
    }

    /**
     * Tells a story of runs that ask their users, who race.
     *
     * @param draws decides everything
     * @throws AssertionError if a rule is broken; tells the end of the story
     */
    public static void talking(Draws draws) {
        new Simulation(draws, Sabotage.NONE, true, false).tell();
    }

    /**
     * Tells a story of runs whose engines keep running from question to answer.
     *
     * @param draws decides everything
     * @throws AssertionError if a rule is broken; tells the end of the story
     */
    public static void keeping(Draws draws) {
        new Simulation(draws, Sabotage.NONE, true, true).tell();
    }

    private void tell() {
        try {
            begin();
            int turns = 0;
            while (!isOver()) {
                require(scheduler.turn(), () -> "nobody is left to act, but the story is not over: " + open());
                check();
                misfortune();
                require(++turns < MOST_TURNS, () -> "the story does not end: " + open());
                require(scheduler.now().compareTo(LONGEST) < 0, () -> "a run has not ended within " + LONGEST);
            }
            calm = true;
            core.disk.free();
            // Whoever watches the disk takes the reserve again.
            core.disk.restore();
            rules.checkAtLast(luck.isFair());
            talkRules.checkAtLast();
            stockRules.checkAtLast(luck.isFaultless());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + luck + "\n" + told(), e);
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
            guest(
                    "client " + i,
                    luck.talks()
                            ? new Talker(draws, scheduler, this, "talker " + i)::visit
                            : new Client(draws, scheduler, this, i)::visit);
        }
        for (int i = 1; i <= luck.packages(); i++) {
            guest("installer " + i, new Housekeeper(draws, scheduler, this, i)::bringSkill);
        }
        for (int i = 1; i <= luck.upgrades(); i++) {
            guest("upgrader " + i, new Housekeeper(draws, scheduler, this, i)::upgradeCli);
        }
        if (luck.fullDisks()) {
            disk();
        }
        if (luck.powerCuts()) {
            someTime("power", () -> kill(true));
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

    @Override
    public void guest(String name, Runnable visit) {
        guests++;
        scheduler.spawn(name, world, Duration.ZERO, () -> {
            visit.run();
            guests--;
        });
    }

    private void disk() {
        someTime("disk", () -> {
            trace("the disk is full");
            draws.<Runnable>of(core.disk::fill, core.disk::becomeTight).run();
            scheduler.spawn("disk", world, Duration.ofMillis(draws.between(1, 120_000)), () -> {
                trace("there is room again");
                core.disk.free();
                // Whoever watches the disk takes the reserve again.
                core.disk.restore();
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
        ScriptedUpgrader upgrader = new ScriptedUpgrader();
        upgrader.onUpgrade(EngineId.CODEX, task -> upgraded());
        Premises server = new Premises(
                core, stock, new SimulatedTasks(scheduler, mine, saboteur::loses, this::trace), interception, upgrader);
        premises = server;
        scheduler.spawn("start", mine, delay, () -> {
            try {
                int recovered = server.recover(luck.talks());
                trace("the server is up, " + recovered + " runs picked up");
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                trace("the start fails: " + e);
                mine.end();
                core.endHolds();
                scheduler.spawn("service manager", world, Duration.ofSeconds(1), () -> startServer(Duration.ZERO));
                return;
            }
            listening = true;
            server.open();
        });
    }

    /** What npm does. */
    private EngineUpgradeResult upgraded() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, draws.of(20, 20_000))));
        if (draws.of(true, true, true, false)) {
            int installed = core.programs.installNext(EngineId.CODEX.wire());
            trace("version " + installed + " is installed");
            return EngineUpgradeResult.succeeded("", "", Optional.of(String.valueOf(installed)));
        }
        return EngineUpgradeResult.failed("", "no network", "Upgrade command exited with code 1", Optional.empty());
    }

    private void misfortune() {
        if (luck.killOneIn() > 0 && isStormy() && !life.isOver() && draws.between(1, luck.killOneIn()) == 1) {
            if (listening && draws.of(true, false, false)) {
                stop();
            } else {
                kill(luck.powerCuts() && draws.of(true, false));
            }
        }
    }

    /** A server that is told to stop has a little time. */
    private void stop() {
        trace("the server is told to stop");
        listening = false;
        Life mine = life;
        scheduler.spawn(
                "stop", mine, Duration.ZERO, () -> core.server().dispatcher.stop());
        scheduler.spawn("service manager", world, Duration.ofMillis(draws.between(0, 5_000)), () -> {
            if (life == mine) {
                kill(false);
            }
        });
    }

    private void kill(boolean power) {
        if (life.isOver()) {
            return;
        }
        trace(power ? "the power fails" : "the server is killed");
        life.end();
        listening = false;
        saboteur.killed();
        core.endHolds();
        if (firstServer && luck.beginsWithoutLeases()) {
            core.runs.inStatus(RunStatus.RUNNING).forEach(run -> core.runs.forgetOwner(run.id()));
        }
        firstServer = false;
        if (power) {
            core.processes.losePower();
            core.output.losePower(most -> draws.between(0, most));
            core.workspaces.losePower(most -> draws.between(0, most));
        }
        startServer(Duration.ofMillis(draws.between(0, 30_000)));
    }

    /** How the fake workspaces say how a run ended. */
    static boolean says(StoredBytes result, Run run) {
        try (InputStream in = result.open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .startsWith("{\"status\":\"" + RunResult.word(run.status()) + "\"");
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
                && stockRules.isQuiet()
                && core.runs.all().stream().allMatch(run -> run.status().isTerminal())
                && !scheduler.isAtWork(life);
    }

    private void check() {
        if (dropped != null) {
            throw new AssertionError(dropped.getMessage(), dropped);
        }
        require(saboteur.startsBeside() == 0, () -> "an attempt was started twice");
        rules.checkNow(interception.faults() == 0 && !luck.fullDisks());
        if (luck.talks()) {
            talkRules.checkNow();
        }
        stockRules.checkNow();
    }

    private String open() {
        return guests + " guests, " + stockRules.open() + core.runs.inStatus(RunStatus.QUEUED)
                + core.runs.inStatus(RunStatus.RUNNING) + (agents.anyWorks() ? ", and an agent works" : "");
    }

    private String told() {
        return story.stream()
                .map(event -> event.when() + " " + event.who() + ": " + event.what())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public Optional<Premises> server() {
        return listening ? Optional.ofNullable(premises) : Optional.empty();
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
    public void sends(RequestId request, Map<String, String> files) {
        rules.sends(request, files);
    }

    @Override
    public void received(RequestId request, Map<String, String> files) {
        trace("the files of " + request + " are accepted");
        rules.received(request, files);
    }

    @Override
    public void answered(RunId run, int question, String words) {
        trace("'" + words + "' is the answer to question " + question + " of " + run);
        talkRules.answered(run, question, words);
    }

    @Override
    public void turnedAway(RequestId request, int question, String words, boolean mayBeOwn, RefusedException refused) {
        talkRules.turnedAway(request, question, words, mayBeOwn, refused);
    }

    @Override
    public void followed(RequestId request, List<JournalEvent> events) {
        talkRules.followed(request, events);
    }

    @Override
    public String nextVersion() {
        version++;
        return "1.0." + version;
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
        story.add(new Event(scheduler.now(), scheduler.acting(), event));
    }
}
