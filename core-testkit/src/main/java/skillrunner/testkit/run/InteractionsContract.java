package skillrunner.testkit.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.Runs;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.Interactions.Deciding;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionStatus;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link skillrunner.application.run.interaction.Interactions} promises. */
public abstract class InteractionsContract extends RunStoresContract {
    private static final Map<String, Object> SAID = Map.of(
            "kind",
            "choose_one",
            "prompt",
            "Which way?",
            "options",
            List.of(Map.of("label", "Go on", "value", "continue"), Map.of("label", "7", "value", 7)),
            "ui_hints",
            Map.of("widget", "radio"),
            "required_fields",
            List.of("name"),
            "context",
            Map.of("step", 3));

    @Test
    void a_question_is_stored_with_the_move_of_its_run() {
        Run running = running();
        Interaction asked = question(1, Optional.of(LATER));

        assertThat(interactions().ask(running.asked(1, NOW), asked)).isTrue();

        Run waiting = stored(running);
        assertThat(waiting.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(waiting.interactions().pending()).contains(1);
        assertThat(waiting.interactions().count()).isEqualTo(1);
        assertThat(interactions().find(running.id(), 1)).contains(asked);
        assertThat(interactions().all(running.id())).containsExactly(asked);
        assertThat(interactions().find(running.id(), 2)).isEmpty();
    }

    @Test
    void a_run_that_keeps_its_engine_has_an_owner_while_it_waits_and_goes_on_at_once() {
        Run running = running();
        assertThat(interactions().ask(running.askedAndKept(1, NOW), question(1, Optional.of(LATER))))
                .isTrue();
        Run kept = stored(running);
        assertThat(kept.keepsEngine()).isTrue();
        assertThat(kept.lease()).isEqualTo(running.lease());

        assertThat(interactions().decide(kept.replied(LATER), decided("this", "key"), 0))
                .isEqualTo(Interactions.Deciding.DECIDED);

        Run next = stored(running);
        assertThat(next.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(next.attempt()).isEqualTo(running.attempt() + 1);
        assertThat(next.goesOnWithEngine()).isTrue();
        assertThat(next.marker()).isEqualTo(running.marker());
        assertThat(interactions().ask(next.askedAndKept(2, LATER), question(2, Optional.of(LATER))))
                .isTrue();
        // What was made of the first question is too late for the second one.
        assertThat(runs().save(kept.canceled(LATER))).isFalse();
        assertThat(stored(running).interactions().pending()).contains(2);
    }

    @Test
    void a_wish_to_end_a_run_that_keeps_its_engine_is_met_by_its_owner_and_stands_in_the_way_of_an_answer() {
        Run running = running();
        interactions().ask(running.askedAndKept(1, NOW), question(1, Optional.of(LATER)));
        Run kept = stored(running);

        assertThat(runs().requestCancel(running.id(), LATER)).isEqualTo(Runs.Cancellation.REQUESTED);

        assertThat(stored(running).status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(interactions().decide(kept.replied(LATER), decided("this", "key"), PLENTY))
                .isEqualTo(Interactions.Deciding.TOO_LATE);
        assertThat(runs().save(stored(running).canceled(LATER))).isTrue();
        assertThat(interactions().find(running.id(), 1).orElseThrow().isPending())
                .isFalse();
    }

    @Test
    void a_run_that_is_wished_to_end_asks_nothing() {
        Run running = running();
        runs().requestCancel(running.id(), NOW);

        assertThat(interactions().ask(running.asked(1, NOW), question(1, Optional.empty())))
                .isFalse();

        assertThat(interactions().all(running.id())).isEmpty();
    }

    @Test
    void an_answer_is_stored_with_the_move_of_its_run() {
        Run waiting = waiting();
        Interaction decided = decided("this", "key-1");

        assertThat(interactions().decide(waiting.replied(LATER), decided, 1)).isEqualTo(Deciding.DECIDED);

        assertThat(stored(waiting).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(stored(waiting).interactions().pending()).isEmpty();
        assertThat(interactions().find(waiting.id(), 1)).contains(decided);
    }

    @Test
    void an_answer_may_be_any_value() {
        for (Object response : List.of("text", 7, true, List.of(1, "two"), Map.of("name", "Ada"))) {
            Run waiting = waiting();
            interactions().decide(waiting.replied(LATER), decided(response, "key"), PLENTY);

            assertThat(interactions()
                            .find(waiting.id(), 1)
                            .flatMap(Interaction::decision)
                            .flatMap(Decision::response))
                    .contains(response);
            runs().requestCancel(waiting.id(), LATER);
        }
    }

    @Test
    void a_second_answer_comes_too_late_and_changes_nothing() {
        Run waiting = waiting();
        Interaction first = decided("first", "a");
        interactions().decide(waiting.replied(LATER), first, PLENTY);

        assertThat(interactions().decide(waiting.replied(LATER), decided("second", "b"), PLENTY))
                .isEqualTo(Deciding.TOO_LATE);

        assertThat(interactions().find(waiting.id(), 1)).contains(first);
    }

    @Test
    void an_answer_that_would_wait_in_a_full_queue_changes_nothing() {
        Run waiting = waiting();
        admitted(1);

        assertThat(interactions().decide(waiting.replied(LATER), decided("this", "a"), 1))
                .isEqualTo(Deciding.QUEUE_FULL);

        assertThat(stored(waiting)).isEqualTo(waiting);
        assertThat(interactions().find(waiting.id(), 1).orElseThrow().isPending())
                .isTrue();
    }

    @Test
    void a_run_that_is_queued_again_waits_behind_those_that_were_there() {
        Run waiting = waiting();
        Run other = admitted(1).get(0);
        interactions().decide(waiting.replied(LATER), decided("this", "a"), PLENTY);
        Run third = admitted(1).get(0);

        assertThat(taken()).containsExactly(other.id(), waiting.id(), third.id());
    }

    private List<RunId> taken() {
        List<RunId> taken = new ArrayList<>();
        for (Optional<Run> run = runs().takeNextQueued(RunFixtures.LEASE, NOW);
                run.isPresent();
                run = runs().takeNextQueued(RunFixtures.LEASE, NOW)) {
            taken.add(run.get().id());
        }
        return taken;
    }

    @Test
    void cancelling_closes_the_question_in_the_same_step() {
        Run waiting = waiting();

        runs().requestCancel(waiting.id(), LATER);

        assertClosed(waiting, DecidedBy.CANCEL);
        assertThat(stored(waiting).interactions().pending()).isEmpty();
        assertThat(interactions().decide(waiting.replied(LATER), decided("late", "a"), PLENTY))
                .isEqualTo(Deciding.TOO_LATE);
    }

    @Test
    void a_run_that_can_not_go_on_closes_its_question() {
        Run waiting = waiting();

        assertThat(runs().save(waiting.unresumable(LATER))).isTrue();

        assertClosed(waiting, DecidedBy.INTERRUPTION);
    }

    private void assertClosed(Run run, DecidedBy by) {
        Interaction closed = interactions().find(run.id(), 1).orElseThrow();
        assertThat(closed.status()).isEqualTo(InteractionStatus.CANCELED);
        assertThat(closed.decision()).contains(new Decision(Optional.empty(), by, LATER));
    }

    @RepeatedTest(5)
    void of_replies_a_timer_and_a_wish_to_end_it_one_decides() {
        Run waiting = waiting();
        List<Callable<Boolean>> deciders = new ArrayList<>();
        for (int i = 0; i < THREADS - 2; i++) {
            String name = "reply-" + i;
            deciders.add(() ->
                    interactions().decide(waiting.replied(LATER), decided(name, name), PLENTY) == Deciding.DECIDED);
        }
        deciders.add(() -> interactions()
                        .decide(
                                waiting.autoDecided(LATER),
                                question(1, Optional.empty())
                                        .decided(new Decision(
                                                Optional.of("timer"), DecidedBy.AUTO_DECIDE_TIMEOUT, LATER)),
                                PLENTY)
                == Deciding.DECIDED);
        deciders.add(() -> {
            runs().requestCancel(waiting.id(), LATER);
            return interactions()
                    .find(waiting.id(), 1)
                    .flatMap(Interaction::decision)
                    .filter(made -> made.decidedBy() == DecidedBy.CANCEL)
                    .isPresent();
        });

        List<Boolean> won = Racing.race(deciders);

        assertThat(won).containsOnlyOnce(true);
        assertThat(interactions().find(waiting.id(), 1).orElseThrow().isPending())
                .isFalse();
    }

    @Test
    void a_later_question_leaves_the_earlier_one_as_it_was_decided() {
        Run waiting = waiting();
        Interaction first = decided("this", "a");
        interactions().decide(waiting.autoDecided(LATER), first, PLENTY);
        Run again = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();

        assertThat(interactions().ask(again.asked(12, NOW), question(12, Optional.empty())))
                .isTrue();

        assertThat(interactions().all(waiting.id()))
                .extracting(Interaction::number)
                .containsExactly(1, 12);
        assertThat(stored(waiting).interactions().last()).isEqualTo(12);
        assertThat(stored(waiting).interactions().count()).isEqualTo(2);
        assertThat(stored(waiting).interactions().autoDecisions()).isEqualTo(1);
        assertThat(stored(waiting).interactions().lastAutoDecisionAt()).contains(LATER);
    }

    @Test
    void those_with_a_deadline_are_listed_until_they_are_decided() {
        Run late = waiting(Optional.of(LATER));
        waiting(Optional.empty());
        Run soon = waiting(Optional.of(NOW));

        assertThat(interactions().withDeadline())
                .extracting(timed -> timed.run())
                .containsExactly(soon.id(), late.id());

        interactions().decide(soon.replied(LATER), decided("this", "a"), PLENTY);

        assertThat(interactions().withDeadline())
                .extracting(timed -> timed.run())
                .containsExactly(late.id());
    }

    @Test
    void a_run_that_is_removed_takes_its_questions_with_it() {
        Run waiting = waiting();
        runs().requestCancel(waiting.id(), LATER);
        RunRemovals removals = removals();

        removals.mark(List.of(waiting.id()), LATER);
        removals.delete(List.of(waiting.id()));

        assertThat(interactions().all(waiting.id())).isEmpty();
    }

    private Run waiting() {
        return waiting(Optional.empty());
    }

    private Run waiting(Optional<Instant> deadline) {
        Run running = running();
        assertThat(interactions().ask(running.asked(1, NOW), question(1, deadline)))
                .isTrue();
        return stored(running);
    }

    private Run stored(Run run) {
        return runs().find(run.id()).orElseThrow();
    }

    private static Interaction decided(Object response, String key) {
        return question(1, Optional.empty())
                .decided(new Decision(Optional.of(response), DecidedBy.USER_REPLY, LATER, Optional.of(key)));
    }

    private static Interaction question(int number, Optional<Instant> deadline) {
        return Interaction.asked(number, 1, QuestionRules.read(SAID, "").question(), NOW, deadline)
                .about(Optional.of("rm -rf \u202E/srv"));
    }
}
