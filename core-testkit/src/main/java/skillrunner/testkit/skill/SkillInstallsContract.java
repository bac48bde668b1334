package skillrunner.testkit.skill;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.run.Racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link SkillInstalls} promises. */
public abstract class SkillInstallsContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");
    private static final SkillId DEMO = new SkillId("demo");

    private final SequentialIds ids = new SequentialIds();
    private SkillInstalls installs = new InMemorySkillInstalls();

    /**
     * Makes a store without any content.
     *
     * @return the store to test
     */
    protected abstract SkillInstalls emptyStore();

    @BeforeEach
    void start() {
        installs = emptyStore();
    }

    @Test
    void an_added_installation_is_found_as_it_was_added() {
        SkillInstall added = added();

        assertThat(installs.find(added.id())).contains(added);
        assertThat(installs.find(new InstallId(ids.next()))).isEmpty();
        assertThatThrownBy(() -> installs.add(added)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void each_state_is_kept_with_all_it_knows() {
        SkillInstall queued = added();
        SkillInstall running = queued.start(NOW.plusSeconds(1));
        SkillInstall identified = running.identified(DEMO, "1.0.0-rc.1", NOW.plusSeconds(2));
        SkillInstall ended = identified.succeed(InstallAction.UPDATE, NOW.plusSeconds(3));

        assertThat(save(queued, running)).isTrue();
        assertThat(installs.find(queued.id())).contains(running);
        assertThat(save(running, identified)).isTrue();
        assertThat(installs.find(queued.id())).contains(identified);
        assertThat(save(identified, ended)).isTrue();
        assertThat(installs.find(queued.id())).contains(ended);
    }

    @Test
    void an_error_is_kept_letter_by_letter() {
        SkillInstall queued = added();
        SkillInstall failed = queued.abandon("quotes \" ' and \\ and \n and \u6c49\u5b57", NOW);

        save(queued, failed);

        assertThat(installs.find(queued.id())).contains(failed);
    }

    @Test
    void one_that_moved_on_is_not_changed() {
        SkillInstall queued = added();
        SkillInstall ended = queued.abandon("restart", NOW);
        save(queued, ended);

        assertThat(save(queued, queued.start(NOW))).isFalse();

        assertThat(installs.find(queued.id())).contains(ended);
    }

    @Test
    void one_that_was_never_added_is_not_saved() {
        SkillInstall queued = SkillInstall.queued(new InstallId(ids.next()), NOW);

        assertThat(save(queued, queued.start(NOW))).isFalse();

        assertThat(installs.find(queued.id())).isEmpty();
    }

    @Test
    void open_ones_are_listed_oldest_first() {
        SkillInstall first = added();
        SkillInstall second = added();
        SkillInstall third = added();
        save(second, second.abandon("restart", NOW));
        save(first, first.start(NOW));

        assertThat(installs.open()).containsExactly(first.start(NOW), third);
    }

    @Test
    void whoever_knows_an_installation_as_it_was_comes_too_late() {
        SkillInstall queued = added();
        SkillInstall running = queued.start(NOW);
        SkillInstall identified = running.identified(DEMO, "1.0.0", NOW);
        save(queued, running);
        save(running, identified);

        assertThat(save(running, running.abandon("restart", NOW))).isFalse();
        assertThat(save(running, running.identified(new SkillId("other"), "1.0.0", NOW)))
                .isFalse();
        assertThat(installs.find(queued.id())).contains(identified);
        SkillInstall ended = identified.abandon("restart", NOW);
        assertThat(save(identified, ended)).isTrue();
        assertThat(save(identified, identified.succeed(InstallAction.INSTALL, NOW)))
                .isFalse();
        assertThat(installs.find(queued.id())).contains(ended);
    }

    @RepeatedTest(10)
    void of_racing_changes_of_one_state_exactly_one_is_kept() {
        SkillInstall queued = added();
        SkillInstall running = queued.start(NOW);
        save(queued, running);
        List<SkillInstall> changes = List.of(
                running.succeed(InstallAction.INSTALL, NOW),
                running.abandon("restart", NOW),
                running.identified(DEMO, "1.0.0", NOW),
                running.identified(DEMO, "2.0.0", NOW));

        List<Boolean> kept = Racing.race(changes.stream()
                .<Callable<Boolean>>map(change -> () -> save(running, change))
                .toList());

        assertThat(kept).containsOnlyOnce(true);
        assertThat(installs.find(queued.id())).contains(changes.get(kept.indexOf(true)));
    }

    private boolean save(SkillInstall before, SkillInstall after) {
        return installs.save(new InstallChange(before, after));
    }

    private SkillInstall added() {
        SkillInstall install = SkillInstall.queued(new InstallId(ids.next()), NOW);
        installs.add(install);
        return install;
    }
}
