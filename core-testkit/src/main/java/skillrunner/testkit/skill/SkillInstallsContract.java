package skillrunner.testkit.skill;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.domain.skill.InstallAction;
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

        assertThat(installs.save(queued, running)).isTrue();
        assertThat(installs.find(queued.id())).contains(running);
        assertThat(installs.save(running, identified)).isTrue();
        assertThat(installs.find(queued.id())).contains(identified);
        assertThat(installs.save(identified, ended)).isTrue();
        assertThat(installs.find(queued.id())).contains(ended);
    }

    @Test
    void an_error_is_kept_letter_by_letter() {
        SkillInstall queued = added();
        SkillInstall failed = queued.abandon("quotes \" ' and \\ and \n and \u6c49\u5b57", NOW);

        installs.save(queued, failed);

        assertThat(installs.find(queued.id())).contains(failed);
    }

    @Test
    void one_that_moved_on_is_not_changed() {
        SkillInstall queued = added();
        SkillInstall ended = queued.abandon("restart", NOW);
        installs.save(queued, ended);

        assertThat(installs.save(queued, queued.start(NOW))).isFalse();

        assertThat(installs.find(queued.id())).contains(ended);
    }

    @Test
    void one_that_was_never_added_is_not_saved() {
        SkillInstall queued = SkillInstall.queued(new InstallId(ids.next()), NOW);

        assertThat(installs.save(queued, queued.start(NOW))).isFalse();

        assertThat(installs.find(queued.id())).isEmpty();
    }

    @Test
    void open_ones_are_listed_oldest_first() {
        SkillInstall first = added();
        SkillInstall second = added();
        SkillInstall third = added();
        installs.save(second, second.abandon("restart", NOW));
        installs.save(first, first.start(NOW));

        assertThat(installs.open()).containsExactly(first.start(NOW), third);
    }

    @RepeatedTest(5)
    void of_racing_ends_exactly_one_is_kept() {
        SkillInstall queued = added();
        SkillInstall running = queued.start(NOW);
        installs.save(queued, running);
        List<SkillInstall> ends = List.of(
                running.succeed(InstallAction.INSTALL, NOW), running.abandon("restart", NOW), running.fail("no", NOW));

        List<Boolean> kept = Racing.race(ends.stream()
                .<Callable<Boolean>>map(end -> () -> installs.save(running, end))
                .toList());

        assertThat(kept).containsOnlyOnce(true);
        assertThat(installs.find(queued.id())).contains(ends.get(kept.indexOf(true)));
    }

    private SkillInstall added() {
        SkillInstall install = SkillInstall.queued(new InstallId(ids.next()), NOW);
        installs.add(install);
        return install;
    }
}
