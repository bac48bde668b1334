package skillrunner.application.skill;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallChange;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.skill.InMemorySkillInstalls;
import skillrunner.testkit.skill.ScriptedSkillPackages;
import skillrunner.testkit.storage.ScriptedDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstallSkillPackageTest {
    private static final SkillId DEMO = new SkillId("demo");
    private static final int WRITES = 9;

    private final ScriptedDisk disk = new ScriptedDisk();
    private final InMemorySkillInstalls installs = new InMemorySkillInstalls(disk);
    private final ScriptedSkillPackages packages = new ScriptedSkillPackages(disk);
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final ManualClock clock = new ManualClock();
    private final SequentialIds ids = new SequentialIds();
    private final InstallSkillPackage install = server();
    private final FindSkillInstall find = new FindSkillInstall(installs);

    private InstallSkillPackage server() {
        return new InstallSkillPackage(installs, packages, background, ids, clock);
    }

    @Test
    void an_accepted_package_is_queued_then_installed_and_leaves_nothing() throws Exception {
        SkillInstall queued = accept("demo 1.0.0");
        assertThat(queued.status()).isEqualTo(InstallStatus.QUEUED);
        assertThat(find.find(queued.id().value())).isEqualTo(queued);
        clock.advance(Duration.ofSeconds(1));

        background.runAll();

        SkillInstall ended = now(queued);
        assertThat(ended.status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(ended.skill()).contains(DEMO);
        assertThat(ended.version()).contains("1.0.0");
        assertThat(ended.action()).contains(InstallAction.INSTALL);
        assertThat(ended.error()).isEmpty();
        assertThat(ended.updatedAt()).isEqualTo(clock.instant());
        assertThat(packages.isClean()).isTrue();
    }

    @Test
    void a_higher_version_is_an_update_and_an_equal_one_fails() throws Exception {
        SkillInstall first = accept("demo 1.0.0");
        SkillInstall second = accept("demo 1.1.0");
        SkillInstall third = accept("demo 1.1");

        background.runAll();

        assertThat(now(first).action()).contains(InstallAction.INSTALL);
        assertThat(now(second).action()).contains(InstallAction.UPDATE);
        assertThat(now(third).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(now(third).error().orElseThrow()).contains("strictly higher version");
        assertThat(now(third).skill()).contains(DEMO);
        assertThat(packages.installed()).isEqualTo(Map.of(DEMO, SkillVersion.of("1.1.0")));
    }

    @Test
    void a_bad_package_ends_failed_with_the_reason() throws Exception {
        SkillInstall bad = accept("rubbish");

        background.runAll();

        assertThat(now(bad).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(now(bad).error()).contains("rubbish");
        assertThat(now(bad).skill()).isEmpty();
        assertThat(packages.isClean()).isTrue();
    }

    @Test
    void an_upload_that_is_refused_leaves_no_installation() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> accept(""))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.REQUEST_INVALID));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> accept("x".repeat(1_001)))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));

        assertThat(installs.open()).isEmpty();
        assertThat(background.names()).isEmpty();
        assertThat(packages.isClean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00000000-0000-4000-8000-000000000099"})
    void an_unknown_installation_is_not_found(String id) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> find.find(id))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.INSTALL_NOT_FOUND));
    }

    @Test
    void whichever_write_finds_the_disk_full_the_installation_ends_and_tells_the_truth() throws Exception {
        for (int write = 1; write <= WRITES; write++) {
            String version = "1.0." + write;
            disk.failWrite(write);
            SkillInstall accepted;
            try {
                accepted = accept("demo " + version);
            } catch (StorageFullException e) {
                assertThat(write).isLessThanOrEqualTo(2);
                assertThat(installs.open()).isEmpty();
                assertThat(packages.isClean()).isTrue();
                continue;
            }
            background.runAll();
            background.runDelayed();

            SkillInstall ended = now(accepted);
            boolean installed = Objects.equals(packages.installed().get(DEMO), SkillVersion.of(version));
            assertThat(ended.status())
                    .as("write %s", write)
                    .isEqualTo(installed ? InstallStatus.SUCCEEDED : InstallStatus.FAILED);
            assertThat(ended.error().isPresent()).isEqualTo(!installed);
            assertThat(packages.isClean()).as("write %s", write).isTrue();
        }
        assertThat(disk.writes()).contains("clean", "succeeded", "failed", "forget");
    }

    @Test
    void a_restart_fails_what_was_queued_or_running() throws Exception {
        SkillInstall queued = accept("demo 1.0.0");
        SkillInstall running = accept("other 1.0.0");
        installs.save(new InstallChange(running, running.start(clock.instant())));

        assertThat(restart()).isEqualTo(2);

        assertThat(now(queued).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(now(queued).error()).contains("Interrupted by server restart");
        assertThat(now(running).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(packages.isClean()).isTrue();
        assertThat(restart()).isZero();
        background.runAll();
        assertThat(now(queued).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(packages.installed()).isEmpty();
    }

    @Test
    void a_restart_knows_what_was_published_before_it() throws Exception {
        SkillInstall accepted = accept("demo 1.0.0");
        disk.onNextWrite("succeeded", disk::fill);
        background.runAll();
        disk.free();
        assertThat(now(accepted).status()).isEqualTo(InstallStatus.RUNNING);

        restart();

        assertThat(now(accepted).status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(now(accepted).action()).contains(InstallAction.INSTALL);
        assertThat(packages.isClean()).isTrue();
    }

    @Test
    void a_server_that_stops_takes_up_nothing_more() throws Exception {
        SkillInstall accepted = accept("demo 1.0.0");
        background.runAll();
        install.close();

        SkillInstall late = accept("demo 2.0.0");
        background.runAll();

        assertThat(now(accepted).status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(now(late).error()).contains("The server stopped");
    }

    @Test
    void an_error_after_the_package_is_in_its_place_does_not_end_the_installation_as_failed() throws Exception {
        SkillInstall accepted = accept("demo 1.0.0");
        disk.onNextWrite("clean", () -> {
            throw new StackOverflowError("simulated");
        });

        background.runAll();
        background.runDelayed();

        assertThat(now(accepted).status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(packages.isClean()).isTrue();
    }

    @Test
    void a_start_on_a_full_disk_ends_installations_once_there_is_room() throws Exception {
        SkillInstall queued = SkillInstall.queued(new InstallId(ids.next()), clock.instant());
        installs.add(queued);
        disk.fill();

        restart();

        assertThat(now(queued).status()).isEqualTo(InstallStatus.QUEUED);
        disk.free();
        background.runDelayed();
        assertThat(now(queued).status()).isEqualTo(InstallStatus.FAILED);
        assertThat(now(queued).error()).contains("Interrupted by server restart");
    }

    @Test
    void a_start_that_can_not_store_the_end_of_a_published_package_keeps_in_mind_that_it_is_published()
            throws Exception {
        SkillInstall published = published("demo 1.0.0");
        disk.failWrite(1);

        restart();
        assertThat(now(published).status()).isEqualTo(InstallStatus.RUNNING);
        restart();

        assertThat(now(published).status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(packages.isClean()).isTrue();
    }

    /** As a server leaves it that is killed after the second rename. */
    private SkillInstall published(String archive) throws IOException {
        SkillInstall queued = SkillInstall.queued(new InstallId(ids.next()), clock.instant());
        installs.add(queued);
        SkillInstall running = queued.start(clock.instant());
        installs.save(new InstallChange(queued, running));
        packages.receive(running.id(), new ByteArrayInputStream(archive.getBytes(StandardCharsets.UTF_8)));
        packages.publish(running.id(), (SkillPackages.Content.Good) packages.unpack(running.id(), PlainSkills.REFUSED));
        return running;
    }

    private int restart() {
        return new ReconcileInstalls(installs, packages, background, clock).reconcile();
    }

    private SkillInstall accept(String archive) throws IOException {
        return install.accept(new ByteArrayInputStream(archive.getBytes(StandardCharsets.UTF_8)));
    }

    private SkillInstall now(SkillInstall install) {
        return find.find(install.id().value());
    }
}
