package skillrunner.application.storage;

import org.junit.jupiter.api.Test;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.storage.ScriptedDisk;

import static org.assertj.core.api.Assertions.assertThat;

class WatchDiskTest {
    private final ScriptedDisk disk = new ScriptedDisk();
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();

    @Test
    void the_reserve_is_taken_again_once_there_is_room() {
        new WatchDisk(disk, background).start();
        disk.becomeTight();
        disk.release();

        background.runDelayed();
        assertThat(disk.restores()).isZero();

        disk.free();
        background.runDelayed();
        assertThat(disk.restores()).isEqualTo(1);
        assertThat(background.names()).hasSize(1);
    }

    @Test
    void once_it_is_closed_nothing_is_taken_and_nobody_looks_again() {
        WatchDisk watch = new WatchDisk(disk, background);
        watch.start();
        disk.becomeTight();
        disk.release();
        disk.free();

        watch.close();
        background.runDelayed();
        watch.start();

        assertThat(disk.restores()).isZero();
        assertThat(background.names()).isEmpty();
    }
}
