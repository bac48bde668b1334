package skillrunner.testkit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.retention.Removed;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link RunRemovals} and every {@link skillrunner.application.run.retention.UnservedRequests} promise. */
public abstract class RunRemovalsContract extends RunStoresContract {
    private static final long ALL = Long.MAX_VALUE;

    // runs that have ended

    @Test
    void runs_that_have_ended_are_listed_in_the_order_of_their_ends() {
        Run first = running();
        Run second = running();
        admitted(1);
        runs().save(second.succeeded(List.of(), NOW.plusSeconds(1)));
        runs().save(first.succeeded(List.of(), NOW.plusSeconds(2)));

        assertThat(removals().ended(Optional.empty(), ALL))
                .extracting(RetentionPolicy.EndedRun::id)
                .containsExactly(second.id(), first.id());
        assertThat(removals().ended(Optional.of(second.id()), ALL))
                .extracting(RetentionPolicy.EndedRun::id)
                .containsExactly(first.id());
        assertThat(removals().kept()).isEqualTo(new RetentionPolicy.Kept(2, 0));
    }

    @Test
    void pages_hold_every_run_once_although_the_ones_before_are_marked() {
        List<RunId> all = new ArrayList<>();
        for (int i = 0; i < RunRemovals.PAGE + 3; i++) {
            all.add(succeeded().id());
        }

        List<RunId> seen = new ArrayList<>();
        List<RetentionPolicy.EndedRun> page = removals().ended(Optional.empty(), ALL);
        while (!page.isEmpty()) {
            List<RunId> ids = page.stream().map(RetentionPolicy.EndedRun::id).toList();
            seen.addAll(ids);
            removals().mark(ids, NOW);
            page = removals().ended(Optional.of(ids.get(ids.size() - 1)), ALL);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_run_that_is_stored_after_the_horizon_was_asked_for_is_beyond_it() {
        Run before = succeeded();
        long horizon = removals().horizon();
        succeeded();

        assertThat(removals().ended(Optional.empty(), horizon))
                .extracting(RetentionPolicy.EndedRun::id)
                .containsExactly(before.id());
    }

    @Test
    void what_was_measured_is_remembered() {
        Run run = succeeded();
        assertThat(removals().unmeasured(Optional.empty())).containsExactly(run.id());

        assertThat(removals().unmeasured(Optional.of(run.id()))).isEmpty();
        removals().remember(run.id(), 4_711);

        assertThat(removals().unmeasured(Optional.empty())).isEmpty();
        assertThat(removals().kept()).isEqualTo(new RetentionPolicy.Kept(1, 4_711));
        assertThat(removals().ended(Optional.empty(), ALL))
                .extracting(RetentionPolicy.EndedRun::bytes)
                .containsExactly(4_711L);
    }

    // marking

    @Test
    void a_marked_run_and_its_requests_are_not_found_by_anybody() {
        Run run = succeeded();
        RunRequest sharing = fixtures.awaitingRequest();
        requests().bindToEnded(sharing.servedBy(run.id(), true), NO_KEY);
        cache().put("question", run.id(), NOW);

        removals().mark(List.of(run.id()), NOW);

        assertThat(runs().find(run.id())).isEmpty();
        assertThat(runs().findRequest(run.requestId())).isEmpty();
        assertThat(runs().findRequest(sharing.id())).isEmpty();
        assertThat(runs().newest(10)).isEmpty();
        assertThat(runs().inStatus(RunStatus.SUCCEEDED)).isEmpty();
        assertThat(runs().countByStatus().values()).containsOnly(0L);
        assertThat(cache().find("question")).isEmpty();
        assertThat(cache().mayAnswer(run.skill(), run.engine())).isFalse();
        assertThat(removals().ended(Optional.empty(), ALL)).isEmpty();
        assertThat(removals().unmeasured(Optional.empty())).isEmpty();
        assertThat(removals().kept()).isEqualTo(new RetentionPolicy.Kept(0, 0));
        assertThatThrownBy(() -> runs().requestCancel(run.id(), NOW)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void a_run_that_was_read_before_is_not_remembered() {
        Run run = succeeded();
        assertThat(runs().find(run.id())).isPresent();
        assertThat(runs().findRequest(run.requestId())).isPresent();

        removals().mark(List.of(run.id()), NOW);

        assertThat(runs().find(run.id())).isEmpty();
        assertThat(runs().findRequest(run.requestId())).isEmpty();
    }

    @Test
    void a_run_that_has_not_ended_is_not_marked() {
        Run queued = admitted(1).get(0);
        removals().mark(List.of(queued.id()), NOW);
        assertThat(runs().find(queued.id())).isPresent();

        Run running = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();
        removals().mark(List.of(running.id()), NOW);
        assertThat(runs().find(running.id())).contains(running);
        assertThat(removals().marked(Optional.empty())).isEmpty();
    }

    @Test
    void a_request_is_not_bound_to_a_run_that_is_marked_or_gone() {
        Run run = succeeded();
        removals().mark(List.of(run.id()), NOW);
        RunRequest fresh = fixtures.awaitingRequest();
        RunRequest waiting = fixtures.awaitingRequest();
        requests().addAwaiting(waiting, NO_KEY);

        assertThat(requests().bindToEnded(fresh.servedBy(run.id(), true), NO_KEY))
                .isEqualTo(RunRequests.Admission.RUN_GONE);
        assertThat(requests().bindAwaiting(waiting.servedBy(run.id(), true))).isEqualTo(RunRequests.Admission.RUN_GONE);
        removals().delete(List.of(run.id()));
        assertThat(requests().bindToEnded(fresh.servedBy(run.id(), true), NO_KEY))
                .isEqualTo(RunRequests.Admission.RUN_GONE);

        assertThat(runs().findRequest(fresh.id())).isEmpty();
        assertThat(runs().findRequest(waiting.id())).contains(waiting);
    }

    @Test
    void a_key_is_free_again_as_soon_as_its_request_is_marked() {
        Run run = succeeded();
        RunRequest sharing = fixtures.awaitingRequest().servedBy(run.id(), true);
        KeyedAcceptance keyed = keyed(sharing, "mine");
        requests().bindToEnded(sharing, Optional.of(keyed));

        removals().mark(List.of(run.id()), NOW);

        assertThat(requests().acceptedUnder(keyed.key())).isEmpty();
        RunRequest next = fixtures.awaitingRequest();
        assertThat(requests().addAwaiting(next, Optional.of(keyed(next, "mine"))))
                .isTrue();
    }

    // deleting

    @Test
    void every_row_of_a_marked_run_is_deleted_and_counted() {
        Run run = succeeded();
        attempts().save(RunFixtures.startingAttempt(run, 1));
        RunRequest sharing = fixtures.awaitingRequest();
        requests().bindToEnded(sharing.servedBy(run.id(), true), NO_KEY);
        cache().put("one", run.id(), NOW);
        cache().put("other", run.id(), NOW);
        Run kept = succeeded();
        cache().put("third", kept.id(), NOW);
        removals().mark(List.of(run.id()), NOW);

        assertThat(removals().marked(Optional.empty()))
                .containsExactly(new RunRemovals.Marked(run.id(), List.of(run.requestId(), sharing.id())));
        assertThat(removals().delete(List.of(run.id(), kept.id()))).isEqualTo(new Removed(1, 2, 2));

        assertThat(removals().marked(Optional.empty())).isEmpty();
        assertThat(attempts().find(run.id(), 1)).isEmpty();
        assertThat(removals().delete(List.of(run.id()))).isEqualTo(Removed.NOTHING);
        assertThat(runs().find(kept.id())).contains(kept);
        assertThat(cache().find("third")).contains(kept.id());
    }

    @Test
    void pages_of_marked_runs_hold_every_run_once() {
        List<RunId> all = new ArrayList<>();
        for (int i = 0; i < RunRemovals.PAGE + 3; i++) {
            all.add(succeeded().id());
        }
        removals().mark(all, NOW);

        List<RunId> seen = new ArrayList<>();
        List<RunRemovals.Marked> page = removals().marked(Optional.empty());
        while (!page.isEmpty()) {
            page.forEach(marked -> seen.add(marked.run()));
            page = removals().marked(Optional.of(seen.get(seen.size() - 1)));
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    // requests without a run

    @Test
    void a_request_that_waits_is_marked_if_it_is_old_and_then_not_admitted_any_more() {
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, Optional.of(keyed(request, "mine")));

        unserved().mark(Optional.of(NOW), LATER);
        assertThat(runs().findRequest(request.id())).contains(request);

        unserved().mark(Optional.of(NOW.plusSeconds(1)), LATER);
        assertThat(runs().findRequest(request.id())).isEmpty();
        assertThat(requests().acceptedUnder(new IdempotencyKey("mine"))).isEmpty();
        assertThat(unserved().marked(Optional.empty())).containsExactly(request.id());

        Run run = fixtures.queuedRun(request);
        assertThat(requests().admitAwaiting(request.servedBy(run.id(), false), run, PLENTY))
                .isEqualTo(RunRequests.Admission.REQUEST_GONE);
        assertThat(unserved().delete(List.of(request.id()))).isEqualTo(1);
        assertThat(unserved().delete(List.of(request.id()))).isZero();
        assertThat(requests().admitAwaiting(request.servedBy(run.id(), false), run, PLENTY))
                .isEqualTo(RunRequests.Admission.REQUEST_GONE);
        assertThat(runs().find(run.id())).isEmpty();
        assertThat(unserved().marked(Optional.empty())).isEmpty();
    }

    @Test
    void a_request_that_waits_is_admitted_or_bound_as_long_as_it_is_there() {
        RunRequest first = fixtures.awaitingRequest();
        RunRequest second = fixtures.awaitingRequest();
        requests().addAwaiting(first, NO_KEY);
        requests().addAwaiting(second, NO_KEY);
        Run ended = succeeded();
        Run run = fixtures.queuedRun(first);

        assertThat(requests().admitAwaiting(first.servedBy(run.id(), false), run, PLENTY))
                .isEqualTo(RunRequests.Admission.ADMITTED);
        assertThat(requests().bindAwaiting(second.servedBy(ended.id(), true)))
                .isEqualTo(RunRequests.Admission.ADMITTED);
        assertThat(requests().bindAwaiting(second.servedBy(ended.id(), true)))
                .isEqualTo(RunRequests.Admission.ALREADY_STARTED);
        assertThat(runs().find(run.id())).contains(run);
    }

    @Test
    void a_request_that_has_a_run_is_left_to_its_run() {
        Run run = succeeded();

        unserved().mark(Optional.empty(), NOW);

        assertThat(unserved().marked(Optional.empty())).isEmpty();
        assertThat(runs().findRequest(run.requestId())).isPresent();
    }

    @Test
    void a_request_whose_skill_never_came_goes_in_the_same_way() {
        TempRequest request = fixtures.tempRequest();
        KeyedAcceptance keyed = new KeyedAcceptance(
                new IdempotencyKey("mine"),
                "question",
                new Acceptance(request.id(), false, Optional.empty(), List.of()));
        tempRequests().add(request, Optional.of(keyed));

        unservedTemporary().mark(Optional.of(NOW), LATER);
        assertThat(tempRequests().find(request.id())).contains(request);

        unservedTemporary().mark(Optional.empty(), LATER);
        assertThat(tempRequests().find(request.id())).isEmpty();
        assertThat(requests().acceptedUnder(keyed.key())).isEmpty();
        assertThat(unservedTemporary().marked(Optional.empty())).containsExactly(request.id());
        assertThat(unservedTemporary().delete(List.of(request.id()))).isEqualTo(1);
        assertThat(unservedTemporary().marked(Optional.empty())).isEmpty();
    }

    // races

    @RepeatedTest(5)
    void of_a_request_that_is_bound_and_a_run_that_is_removed_both_see_the_same() {
        Run run = succeeded();
        List<RunRequest> sharing = new ArrayList<>();
        List<Callable<Object>> callers = new ArrayList<>();
        for (int i = 1; i < THREADS; i++) {
            RunRequest request = fixtures.awaitingRequest();
            sharing.add(request);
            callers.add(() -> requests().bindToEnded(request.servedBy(run.id(), true), NO_KEY));
        }
        callers.add(() -> {
            removals().mark(List.of(run.id()), NOW);
            return removals().delete(List.of(run.id()));
        });

        List<Object> outcomes = Racing.race(callers);

        long bound =
                outcomes.stream().filter(RunRequests.Admission.ADMITTED::equals).count();
        assertThat(outcomes.get(THREADS - 1)).isEqualTo(new Removed(1, 1 + bound, 0));
        assertThat(sharing)
                .noneMatch(request -> runs().findRequest(request.id()).isPresent());
    }

    @RepeatedTest(5)
    void of_many_that_delete_a_run_one_counts_it() {
        List<RunId> ids =
                List.of(succeeded().id(), succeeded().id(), succeeded().id());
        List<Callable<Removed>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            callers.add(() -> {
                removals().mark(ids, NOW);
                return removals().delete(ids);
            });
        }

        Removed all = Racing.race(callers).stream().reduce(Removed.NOTHING, Removed::and);

        assertThat(all).isEqualTo(new Removed(3, 3, 0));
    }

    @RepeatedTest(5)
    void a_request_that_waits_is_admitted_or_removed_but_never_both() {
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, NO_KEY);
        Run run = fixtures.queuedRun(request);
        List<Callable<Object>> callers =
                List.of(() -> requests().admitAwaiting(request.servedBy(run.id(), false), run, PLENTY), () -> {
                    unserved().mark(Optional.empty(), NOW);
                    return (long) unserved().delete(List.of(request.id()));
                });

        List<Object> outcomes = Racing.race(callers);

        boolean admitted = outcomes.get(0) == RunRequests.Admission.ADMITTED;
        assertThat(outcomes.get(1)).isEqualTo(admitted ? 0L : 1L);
        assertThat(runs().find(run.id()).isPresent()).isEqualTo(admitted);
        assertThat(runs().findRequest(request.id()).isPresent()).isEqualTo(admitted);
    }

    private static KeyedAcceptance keyed(RunRequest request, String key) {
        return new KeyedAcceptance(
                new IdempotencyKey(key), "question", new Acceptance(request.id(), false, Optional.empty(), List.of()));
    }
}
