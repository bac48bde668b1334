package skillrunner.testkit.simulation;

import java.time.Duration;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.random.Draws;

/** Looks after the server: uploads a skill package or asks for an upgrade, and looks at it until it has ended. */
final class Housekeeper {
    private static final int TRIES = 30;

    private final Draws draws;
    private final Scheduler scheduler;
    private final World world;
    private final Connection connection;

    Housekeeper(Draws draws, Scheduler scheduler, World world, int number) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.connection = new Connection(scheduler, world, "housekeeper " + number);
    }

    void bringSkill() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 90_000)));
        String content = draws.of(true, true, true, false)
                ? Stock.SKILL.value() + " " + world.nextVersion()
                : "this is no package";
        boolean whole = draws.of(true, true, true, false);
        for (int i = 0; i < TRIES; i++) {
            Connection.Asked<SkillInstall> asked = connection.ask(
                    server -> server.installSkill.accept(new SlowStream(draws, scheduler, content, whole)));
            if (asked.answer() != null) {
                lookUntilEnd(asked.answer());
                return;
            }
            if (!whole) {
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
    }

    private void lookUntilEnd(SkillInstall accepted) {
        InstallStatus status = accepted.status();
        while (!status.isTerminal()) {
            scheduler.sleep(Duration.ofMillis(draws.between(500, 30_000)));
            Connection.Asked<SkillInstall> asked = connection.ask(
                    server -> server.findInstall.find(accepted.id().value()));
            if (asked.reply() == Connection.Reply.REFUSED) {
                throw new AssertionError("the accepted installation " + accepted.id() + " is not known any more");
            }
            status = asked.answer() == null ? status : asked.answer().status();
        }
        world.trace("installation " + accepted.id() + " is seen as " + status);
    }

    void upgradeCli() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 90_000)));
        UpgradeScope scope = draws.of(new UpgradeScope.Single(EngineId.CODEX), new UpgradeScope.All());
        for (int i = 0; i < TRIES; i++) {
            Connection.Asked<UpgradeTask> asked = connection.ask(server -> server.upgrade.create(scope));
            if (asked.answer() != null) {
                lookUntilEnd(asked.answer());
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
    }

    private void lookUntilEnd(UpgradeTask accepted) {
        boolean ended = false;
        while (!ended) {
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
            Connection.Asked<Boolean> asked = connection.ask(server -> server.findUpgrade
                    .find(accepted.id().value())
                    .task()
                    .status()
                    .isTerminal());
            if (asked.reply() == Connection.Reply.REFUSED) {
                throw new AssertionError("the accepted upgrade " + accepted.id() + " is not known any more");
            }
            ended = Boolean.TRUE.equals(asked.answer());
        }
        world.trace("upgrade " + accepted.id() + " is seen to have ended");
    }
}
