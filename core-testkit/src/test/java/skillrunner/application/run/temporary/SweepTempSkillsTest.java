package skillrunner.application.run.temporary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateTempRunCommand;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.RequestId;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What is made up for that was not removed when it should have been. */
class SweepTempSkillsTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final CoreOnFakes core = new CoreOnFakes();

    @Test
    void half_an_upload_of_a_killed_server_goes_at_the_start_and_its_request_stays() throws Exception {
        RequestId request = create(Map.of());
        takePackage(request);

        core.restart();
        core.server().sweepTempSkills.sweepAtStart();

        assertThat(core.packages.kept()).isEmpty();
        assertThat(core.server().findTempRun.waiting(request)).isPresent();
    }

    @Test
    void what_a_run_waits_with_stays_however_old_it_is() throws Exception {
        RequestId request = create(Map.of());
        upload(request);
        core.clock.advance(DAY.multipliedBy(10));

        core.server().sweepTempSkills.sweepAtStart();
        sweepWhileItWorks();

        assertThat(core.packages.kept()).containsOnlyKeys(request);
    }

    @Test
    void what_is_kept_on_purpose_goes_once_it_is_old() throws Exception {
        RequestId request = create(Map.of("debug_keep_temp", true));
        upload(request);
        core.server().cancelRun.cancel(request);

        core.server().sweepTempSkills.sweepAtStart();
        sweepWhileItWorks();
        assertThat(core.packages.kept()).containsOnlyKeys(request);

        core.clock.advance(DAY);
        sweepWhileItWorks();
        assertThat(core.packages.kept()).isEmpty();
    }

    @Test
    void an_upload_under_way_is_left_alone_while_the_server_works() throws Exception {
        RequestId request = create(Map.of());
        takePackage(request);

        sweepWhileItWorks();

        assertThat(core.packages.kept()).containsOnlyKeys(request);
    }

    @Test
    void it_comes_again_whatever_a_look_met() throws Exception {
        RequestId request = create(Map.of());
        takePackage(request);
        core.clock.advance(DAY);
        core.packages.stick();

        sweepWhileItWorks();
        assertThat(core.packages.kept()).containsOnlyKeys(request);

        assertThat(core.server().tasks().names()).containsExactly("sweep-temporary-skills");
    }

    @Test
    void a_start_does_not_fail_over_it() throws Exception {
        takePackage(create(Map.of()));
        core.runs.failLooks(() -> new UnavailableException("busy", new IOException()));

        core.server().sweepTempSkills.sweepAtStart();
    }

    /** Lets the next look happen. */
    private void sweepWhileItWorks() {
        if (core.server().tasks().names().isEmpty()) {
            core.server().sweepTempSkills.start();
        }
        core.server().tasks().runDelayed();
    }

    private RequestId create(Map<String, Object> options) {
        CreateTempRunCommand command = new CreateTempRunCommand("codex", Map.of(), Map.of(), Optional.empty(), options);
        return core.server().createTempRun.create(command, Optional.empty()).request();
    }

    private void upload(RequestId request) throws IOException {
        core.server().uploadTempSkill.upload(request, aPackage(), Optional.empty());
    }

    /** As an upload does that is cut off before its run is queued. */
    private void takePackage(RequestId request) throws IOException {
        var unused = core.packages.take(request, aPackage());
    }

    private ByteArrayInputStream aPackage() {
        return new ByteArrayInputStream(core.packages.offer(aSkill().build()));
    }
}
