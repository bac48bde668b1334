package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class ReadEventsTest {
    private final CoreOnFakes core = new CoreOnFakes();
    private final ReadEvents read = new ReadEvents(core.runs, core.server().journalReader, core.server().signals);

    @Test
    void a_run_that_works_may_have_more_to_tell() {
        ReadEvents.Stretch stretch = find(running(), 0, 10);

        assertThat(numbers(stretch)).containsExactly(1L);
        assertThat(stretch.to()).isEqualTo(1);
        assertThat(stretch.newest()).isTrue();
        assertThat(stretch.closed()).isFalse();
    }

    @Test
    void an_ended_run_is_closed_behind_its_last_event_only() {
        Run run = running();
        core.runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(find(run, 0, 10).closed()).isTrue();
        assertThat(find(run, 0, 2).closed()).isFalse();
        assertThat(find(run, 0, 2).newest()).isFalse();
        assertThat(numbers(find(run, 2, 2))).containsExactly(3L);
        assertThat(find(run, 2, 2).closed()).isTrue();
    }

    @Test
    void nobody_is_further_than_the_end() {
        Run run = running();

        for (long beyond : List.of(1L, 2L, Long.MAX_VALUE)) {
            ReadEvents.Stretch stretch = find(run, beyond, 10);
            assertThat(stretch.events()).isEmpty();
            assertThat(stretch.from()).isEqualTo(1);
            assertThat(stretch.to()).isEqualTo(1);
        }
    }

    @Test
    void of_a_removed_run_there_is_nothing() {
        Run run = running();
        core.runs.remove(run.id());

        assertThat(read.find(run.id(), 0, 10)).isEmpty();
    }

    @Test
    void whoever_watches_is_woken_until_it_ends_the_watch() {
        Run run = running();
        List<String> woken = new ArrayList<>();
        Subscription watch = read.watch(run.id(), () -> woken.add("now"));

        core.server().signals.wake(run.id());
        core.server().signals.told(run.id());
        watch.close();
        core.server().signals.wake(run.id());
        core.server().signals.told(run.id());

        assertThat(woken).hasSize(2);
    }

    private ReadEvents.Stretch find(Run run, long seq, int limit) {
        return read.find(run.id(), seq, limit).orElseThrow();
    }

    private static List<Long> numbers(ReadEvents.Stretch stretch) {
        return stretch.events().stream().map(JournalEvent::seq).toList();
    }

    private Run running() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", true), false));
        return core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
    }
}
