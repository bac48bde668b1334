package skillrunner.testkit.upgrade;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link EngineUpgrader} promises. The engine of every test is codex. */
@Timeout(120)
public abstract class EngineUpgraderContract {
    /** What an upgrade that works writes at once. */
    protected static final String BEGUN = "begun";

    private static final EngineId ENGINE = EngineId.CODEX;
    private static final UpgradeId TASK = new UpgradeId("00000000-0000-4000-8000-00000000000a");
    private static final UpgradeId OTHER = new UpgradeId("00000000-0000-4000-8000-00000000000b");

    /** The command that an upgrader runs, in the hands of a test. */
    protected interface Machine {
        /**
         * Returns what is tested.
         *
         * @return the same for the whole test
         */
        EngineUpgrader upgrader();

        /** From now on the command ends well. */
        void succeeds();

        /** From now on the command ends badly. */
        void fails();

        /** From now on the command writes {@link #BEGUN} and then works until it is released or ended. */
        void works();

        /** Releases it. */
        void release();
    }

    private Machine machine;
    private EngineUpgrader upgrader;

    /** Made before each test. */
    protected EngineUpgraderContract() {}

    /**
     * Makes a machine on which nothing is upgraded.
     *
     * @return the machine
     */
    protected abstract Machine newMachine();

    @BeforeEach
    void prepare() {
        machine = newMachine();
        upgrader = machine.upgrader();
    }

    @Test
    void an_upgrade_that_ends_well_has_no_error() {
        machine.succeeds();

        EngineUpgradeResult result = upgrader.upgrade(TASK, ENGINE);

        assertThat(result.status()).isEqualTo(EngineUpgradeStatus.SUCCEEDED);
        assertThat(result.error()).isEmpty();
    }

    @Test
    void a_command_that_ends_badly_is_a_result_and_keeps_no_other_from_its_upgrade() {
        machine.fails();
        EngineUpgradeResult failed = upgrader.upgrade(TASK, ENGINE);
        assertThat(failed.status()).isEqualTo(EngineUpgradeStatus.FAILED);
        assertThat(failed.error()).isPresent();

        machine.succeeds();
        assertThat(upgrader.upgrade(OTHER, ENGINE).status()).isEqualTo(EngineUpgradeStatus.SUCCEEDED);
    }

    @Test
    void only_what_is_at_work_is_shown_with_what_it_has_written() {
        assertThat(upgrader.running()).isEmpty();
        machine.works();
        CompletableFuture<EngineUpgradeResult> working = begun();

        assertThat(upgrader.running())
                .hasValueSatisfying(output -> assertThat(output.engine()).isEqualTo(ENGINE));

        machine.release();
        assertThat(working.join().status()).isEqualTo(EngineUpgradeStatus.SUCCEEDED);
        assertThat(upgrader.running()).isEmpty();
    }

    @Test
    void what_is_canceled_ends_and_nothing_begins_after_it() {
        machine.works();
        CompletableFuture<EngineUpgradeResult> working = begun();

        upgrader.cancel();

        assertThat(working.join().status()).isEqualTo(EngineUpgradeStatus.FAILED);
        assertThat(upgrader.running()).isEmpty();
        machine.succeeds();
        assertThat(upgrader.upgrade(OTHER, ENGINE).status()).isEqualTo(EngineUpgradeStatus.FAILED);
    }

    @Test
    void a_task_that_left_nothing_has_nothing_to_be_ended() {
        upgrader.endLeftovers(TASK);

        machine.succeeds();
        assertThat(upgrader.upgrade(TASK, ENGINE).status()).isEqualTo(EngineUpgradeStatus.SUCCEEDED);
    }

    private CompletableFuture<EngineUpgradeResult> begun() {
        CompletableFuture<EngineUpgradeResult> working =
                CompletableFuture.supplyAsync(() -> upgrader.upgrade(TASK, ENGINE));
        while (upgrader.running()
                .filter(output -> output.stdout().contains(BEGUN))
                .isEmpty()) {
            assertThat(working).isNotDone();
            Thread.onSpinWait();
        }
        return working;
    }
}
