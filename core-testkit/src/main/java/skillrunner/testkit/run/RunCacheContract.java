package skillrunner.testkit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.cache.RunCache;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Run;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link RunCache} promises. */
public abstract class RunCacheContract extends RunStoresContract {
    private static final String KEY = "k".repeat(64);

    @Test
    void an_unasked_question_has_no_answer() {
        assertThat(cache().find(KEY)).isEmpty();
    }

    @Test
    void a_run_that_succeeded_is_found_by_its_question_only() {
        Run run = running();
        cache().put(KEY, run.id(), RunFixtures.NOW);
        runs().save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(cache().find(KEY)).contains(run.id());
        assertThat(cache().find("other")).isEmpty();
    }

    @Test
    void a_skill_may_be_answered_on_an_engine_once_a_run_of_it_has_succeeded_there() {
        Run run = running();
        cache().put(KEY, run.id(), RunFixtures.NOW);
        assertThat(cache().mayAnswer(run.skill(), run.engine())).isFalse();

        runs().save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(cache().mayAnswer(run.skill(), run.engine())).isTrue();
        assertThat(cache().mayAnswer(run.skill(), EngineId.GEMINI)).isFalse();
        assertThat(cache().mayAnswer(new SkillId("other"), run.engine())).isFalse();
    }

    @Test
    void a_run_is_not_found_before_it_has_succeeded() {
        Run run = running();

        cache().put(KEY, run.id(), RunFixtures.NOW);

        assertThat(cache().find(KEY)).isEmpty();
    }

    @Test
    void a_run_that_failed_or_was_canceled_is_never_found() {
        Run failing = running();
        Run canceled = running();
        cache().put(KEY, failing.id(), RunFixtures.NOW);
        cache().put("other", canceled.id(), RunFixtures.NOW);
        runs().save(failing.failed(RunFixtures.aFailure(), List.of(), RunFixtures.NOW));
        runs().save(canceled.canceled(RunFixtures.NOW));

        assertThat(cache().find(KEY)).isEmpty();
        assertThat(cache().find("other")).isEmpty();
    }

    @Test
    void a_newer_answer_replaces_the_older_one() {
        Run older = succeeded();
        Run newer = succeeded();
        cache().put(KEY, older.id(), RunFixtures.NOW);

        cache().put(KEY, newer.id(), RunFixtures.NOW.plusSeconds(1));

        assertThat(cache().find(KEY)).contains(newer.id());
    }

    @Test
    void one_run_can_answer_several_questions() {
        Run run = succeeded();

        cache().put(KEY, run.id(), RunFixtures.NOW);
        cache().put("other", run.id(), RunFixtures.NOW);

        assertThat(cache().find(KEY)).contains(run.id());
        assertThat(cache().find("other")).contains(run.id());
    }

    @Test
    void a_removed_answer_is_forgotten_and_only_that_one() {
        Run run = succeeded();
        cache().put(KEY, run.id(), RunFixtures.NOW);
        cache().put("other", run.id(), RunFixtures.NOW);

        cache().remove(KEY);
        cache().remove(KEY);

        assertThat(cache().find(KEY)).isEmpty();
        assertThat(cache().find("other")).contains(run.id());
    }

    @Test
    void racing_answers_leave_exactly_one_of_them() {
        List<Run> answers = new ArrayList<>();
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Run run = succeeded();
            answers.add(run);
            callers.add(() -> {
                cache().put(KEY, run.id(), RunFixtures.NOW);
                return cache().find(KEY).isPresent();
            });
        }

        assertThat(Racing.race(callers)).containsOnly(true);
        assertThat(answers).extracting(Run::id).contains(cache().find(KEY).orElseThrow());
    }
}
