package skillrunner.testkit.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link Runs} promises. */
public abstract class RunsContract extends RunStoresContract {
    @Test
    void an_unknown_id_is_not_found() {
        assertThat(runs().findRequest(new RequestId("99999999-9999-4999-8999-999999999999")))
                .isEmpty();
        assertThat(runs().find(new RunId("99999999-9999-4999-8999-999999999999")))
                .isEmpty();
    }

    // slots

    @Test
    void an_empty_queue_gives_nothing() {
        assertThat(runs().takeNextQueued(RunFixtures.LEASE, NOW)).isEmpty();
    }

    @Test
    void a_taken_run_works_with_attempt_and_fence_one_higher() {
        Run queued = admitted(1).get(0);

        Run taken = runs().takeNextQueued(RunFixtures.LEASE, LATER).orElseThrow();

        assertThat(taken.id()).isEqualTo(queued.id());
        assertThat(taken.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(taken.attempt()).isEqualTo(queued.attempt() + 1);
        assertThat(taken.fence()).isEqualTo(queued.fence() + 1);
        assertThat(taken.lease()).contains(RunFixtures.LEASE);
        assertThat(taken.createdAt()).isEqualTo(NOW);
        assertThat(taken.updatedAt()).isEqualTo(LATER);
        assertThat(runs().find(queued.id())).contains(taken);
    }

    @Test
    void runs_are_taken_in_the_order_of_their_admission() {
        List<RunId> admitted = admitted(5).stream().map(Run::id).toList();

        List<RunId> taken = IntStream.range(0, 5)
                .mapToObj(i -> runs().takeNextQueued(RunFixtures.LEASE, NOW)
                        .orElseThrow()
                        .id())
                .toList();

        assertThat(taken).isEqualTo(admitted);
        assertThat(runs().takeNextQueued(RunFixtures.LEASE, NOW)).isEmpty();
    }

    @RepeatedTest(5)
    void racing_takers_take_each_run_once() {
        List<RunId> admitted = admitted(2 * THREADS).stream().map(Run::id).toList();
        List<Callable<List<RunId>>> takers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String node = "node-" + i;
            takers.add(() -> {
                List<RunId> own = new ArrayList<>();
                for (Optional<Run> run = runs().takeNextQueued(RunFixtures.lease(node), NOW);
                        run.isPresent();
                        run = runs().takeNextQueued(RunFixtures.lease(node), NOW)) {
                    own.add(run.get().id());
                }
                return own;
            });
        }

        List<List<RunId>> taken = Racing.race(takers);

        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(admitted);
        // Each taker sees the queue from its front, so what it got is in the order of admission.
        assertThat(taken).allSatisfy(own -> assertThat(own)
                .isSortedAccordingTo((one, other) -> Integer.compare(admitted.indexOf(one), admitted.indexOf(other))));
    }

    // owners

    @Test
    void a_good_lease_is_stored_with_its_last_moment_and_left_alone() {
        admitted(1);
        Lease theirs = new Lease(new NodeId("them"), LATER.plusNanos(1_000));
        Run taken = runs().takeNextQueued(theirs, NOW).orElseThrow();

        assertThat(runs().find(taken.id()).orElseThrow().lease()).contains(theirs);
        assertThat(runs().takeOver(taken.id(), RunFixtures.LEASE, LATER)).isEmpty();
        assertThat(runs().takeOver(taken.id(), theirs, LATER)).isEmpty();
        assertThat(runs().find(taken.id())).contains(taken);
    }

    @Test
    void a_run_whose_lease_is_over_is_taken_over_and_its_earlier_owner_comes_too_late() {
        Run theirs = takenUntil(LATER);

        Run ours = runs().takeOver(theirs.id(), RunFixtures.LEASE, LATER).orElseThrow();

        assertThat(ours.lease()).contains(RunFixtures.LEASE);
        assertThat(ours.fence()).isEqualTo(theirs.fence() + 1);
        assertThat(ours.attempt()).isEqualTo(theirs.attempt());
        assertThat(runs().find(theirs.id())).contains(ours);
        assertThat(runs().save(theirs.succeeded(List.of(), LATER))).isFalse();
        assertThat(runs().save(ours.succeeded(List.of(), LATER))).isTrue();
    }

    @Test
    void a_run_that_is_wished_to_end_is_taken_over_with_the_wish() {
        Run theirs = takenUntil(LATER);
        runs().requestCancel(theirs.id(), NOW);

        assertThat(runs().takeOver(theirs.id(), RunFixtures.LEASE, LATER)
                        .orElseThrow()
                        .cancelRequested())
                .isTrue();
        assertThat(runs().find(theirs.id()).orElseThrow().cancelRequested()).isTrue();
    }

    @Test
    void what_does_not_work_is_not_taken_over() {
        Run ended = succeeded();
        Run queued = admitted(1).get(0);

        assertThat(runs().takeOver(ended.id(), RunFixtures.LEASE, LATER)).isEmpty();
        assertThat(runs().takeOver(queued.id(), RunFixtures.LEASE, LATER)).isEmpty();
        assertThat(runs().takeOver(new RunId("99999999-9999-4999-8999-999999999999"), RunFixtures.LEASE, LATER))
                .isEmpty();
        assertThat(runs().find(ended.id())).contains(ended);
        assertThat(runs().find(queued.id())).contains(queued);
    }

    @RepeatedTest(5)
    void of_many_nodes_that_take_one_run_over_one_gets_it() {
        Run theirs = takenUntil(LATER);
        List<Callable<Optional<Run>>> takers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Lease claim = RunFixtures.lease("node-" + i);
            takers.add(() -> runs().takeOver(theirs.id(), claim, LATER));
        }

        List<Run> owners =
                Racing.race(takers).stream().flatMap(Optional::stream).toList();

        assertThat(owners).hasSize(1);
        assertThat(runs().find(theirs.id())).contains(owners.get(0));
    }

    @RepeatedTest(20)
    void a_run_is_either_ended_by_its_owner_or_taken_over() {
        Run theirs = takenUntil(LATER);

        List<Boolean> outcomes = Racing.race(List.of(
                () -> runs().save(theirs.succeeded(List.of(), LATER)),
                () -> runs().takeOver(theirs.id(), RunFixtures.LEASE, LATER).isPresent()));

        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
        assertThat(runs().find(theirs.id()).orElseThrow().status())
                .isEqualTo(outcomes.get(0) ? RunStatus.SUCCEEDED : RunStatus.RUNNING);
    }

    @Test
    void a_run_that_has_ended_has_no_owner() {
        assertThat(runs().find(succeeded().id()).orElseThrow().lease()).isEmpty();
    }

    private Run takenUntil(Instant until) {
        admitted(1);
        return runs().takeNextQueued(new Lease(new NodeId("them"), until), NOW).orElseThrow();
    }

    // saving

    @Test
    void a_success_is_stored() {
        Run running = running();
        RunChange ended = running.succeeded(List.of("OUTPUT_REPAIRED_GENERIC"), LATER);

        assertThat(runs().save(ended)).isTrue();

        assertThat(runs().find(running.id())).contains(ended.after());
    }

    @Test
    void a_failure_is_stored_with_everything_it_says() {
        Run running = running();
        RunFailure failure = new RunFailure(
                RunFailureCode.ENGINE_EXIT_NONZERO,
                "m".repeat(RunFailure.MAX_MESSAGE),
                Optional.of("汉\u001b[31m\u0000" + "s".repeat(RunFailure.MAX_STDERR)));
        RunChange ended = running.failed(failure, List.of(), LATER);

        assertThat(runs().save(ended)).isTrue();

        assertThat(runs().find(running.id())).contains(ended.after());
    }

    @Test
    void an_interruption_is_stored_with_its_recovery() {
        Run running = running();
        RunChange ended =
                running.interrupted(new RunFailure(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED, "gone"), LATER);

        assertThat(runs().save(ended)).isTrue();

        assertThat(runs().find(running.id())).contains(ended.after());
    }

    @Test
    void a_run_that_goes_on_after_a_restart_is_stored_and_still_works() {
        Run running = running();

        assertThat(runs().save(running.reattached(LATER))).isTrue();

        assertThat(runs().find(running.id())).contains(running.reattached(LATER).after());
    }

    @Test
    void an_older_fence_is_refused_and_nothing_changes() {
        Run running = running();
        Run stale = with(running, running.fence() - 1, RunStatus.RUNNING);

        assertThat(runs().save(stale.succeeded(List.of(), LATER))).isFalse();

        assertThat(runs().find(running.id())).contains(running);
    }

    @Test
    void a_queued_run_can_not_be_saved_as_if_it_worked() {
        Run queued = admitted(1).get(0);
        Run pretended = with(queued, queued.fence(), RunStatus.RUNNING);

        assertThat(runs().save(pretended.succeeded(List.of(), LATER))).isFalse();

        assertThat(runs().find(queued.id())).contains(queued);
    }

    @Test
    void an_unknown_run_is_not_saved() {
        Run unknown = with(fixtures.queuedRun(fixtures.awaitingRequest()), 1, RunStatus.RUNNING);

        assertThat(runs().save(unknown.canceled(LATER))).isFalse();

        assertThat(runs().find(unknown.id())).isEmpty();
    }

    @Test
    void an_ended_run_is_never_changed_again() {
        Run running = running();
        RunChange ended = running.succeeded(List.of(), LATER);
        runs().save(ended);

        assertThat(runs().save(running.failed(RunFixtures.aFailure(), List.of(), LATER)))
                .isFalse();
        assertThat(runs().save(running.canceled(LATER))).isFalse();

        assertThat(runs().find(running.id())).contains(ended.after());
    }

    @RepeatedTest(5)
    void of_many_racing_ends_exactly_one_wins() {
        Run running = running();
        List<RunChange> ends = new ArrayList<>();
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RunChange end = running.succeeded(List.of("W" + i), LATER);
            ends.add(end);
            callers.add(() -> runs().save(end));
        }

        List<Boolean> outcomes = Racing.race(callers);

        assertThat(outcomes).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(runs().find(running.id()))
                .contains(ends.get(outcomes.indexOf(true)).after());
    }

    // the wish to end a run

    @Test
    void a_queued_run_is_canceled_at_once() {
        Run queued = admitted(1).get(0);

        assertThat(runs().requestCancel(queued.id(), LATER)).isEqualTo(Runs.Cancellation.CANCELED);

        Run ended = runs().find(queued.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(ended.cancelRequested()).isTrue();
        assertThat(ended.failure()).isEqualTo(queued.canceled(LATER).after().failure());
        assertThat(ended.updatedAt()).isEqualTo(LATER);
        assertThat(runs().takeNextQueued(RunFixtures.LEASE, NOW)).isEmpty();
    }

    @Test
    void a_run_that_waits_for_its_user_is_canceled_at_once() {
        RunRequest request = fixtures.awaitingRequest();
        Run waiting = with(fixtures.queuedRun(request), 3, RunStatus.WAITING_USER);
        requests().admit(request.servedBy(waiting.id(), false), waiting, PLENTY, NO_KEY);

        assertThat(runs().requestCancel(waiting.id(), LATER)).isEqualTo(Runs.Cancellation.CANCELED);

        assertThat(runs().find(waiting.id())).contains(waiting.canceled(LATER).after());
    }

    @Test
    void the_wish_to_end_a_working_run_is_stored_once() {
        Run running = running();

        assertThat(runs().requestCancel(running.id(), LATER)).isEqualTo(Runs.Cancellation.REQUESTED);
        assertThat(runs().requestCancel(running.id(), LATER.plusSeconds(1)))
                .isEqualTo(Runs.Cancellation.ALREADY_REQUESTED);

        Run wished = runs().find(running.id()).orElseThrow();
        assertThat(wished.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(wished.cancelRequested()).isTrue();
        assertThat(wished.fence()).isEqualTo(running.fence());
        assertThat(wished.updatedAt()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"SUCCEEDED", "FAILED", "CANCELED"})
    void the_wish_to_end_an_ended_run_changes_nothing(RunStatus status) {
        Run running = running();
        RunChange ended =
                switch (status) {
                    case SUCCEEDED -> running.succeeded(List.of(), NOW);
                    case FAILED -> running.failed(RunFixtures.aFailure(), List.of(), NOW);
                    case CANCELED -> running.canceled(NOW);
                    case QUEUED, RUNNING, WAITING_USER -> throw new IllegalArgumentException(status.wire());
                };
        runs().save(ended);

        assertThat(runs().requestCancel(running.id(), LATER)).isEqualTo(Runs.Cancellation.ENDED);

        assertThat(runs().find(running.id())).contains(ended.after());
    }

    @Test
    void a_run_canceled_in_the_queue_has_ended() {
        Run queued = admitted(1).get(0);
        runs().requestCancel(queued.id(), NOW);

        assertThat(runs().requestCancel(queued.id(), LATER)).isEqualTo(Runs.Cancellation.ENDED);
    }

    @Test
    void the_wish_to_end_an_unknown_run_is_an_error() {
        assertThatThrownBy(() -> runs().requestCancel(new RunId("99999999-9999-4999-8999-999999999999"), NOW))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void once_its_end_was_asked_for_a_run_takes_no_change_but_canceled() {
        Run running = running();
        runs().requestCancel(running.id(), LATER);
        Run wished = runs().find(running.id()).orElseThrow();

        assertThat(runs().save(wished.succeeded(List.of(), LATER))).isFalse();
        assertThat(runs().save(wished.failed(RunFixtures.aFailure(), List.of(), LATER)))
                .isFalse();
        assertThat(runs().save(wished.reattached(LATER))).isFalse();
        assertThat(runs().find(running.id())).contains(wished);

        assertThat(runs().save(wished.canceled(LATER))).isTrue();
        assertThat(runs().find(running.id())).contains(wished.canceled(LATER).after());
    }

    @RepeatedTest(20)
    void a_wish_racing_with_a_success_either_comes_too_late_or_wins() {
        Run running = running();

        List<Object> outcomes = Racing.race(
                List.<Callable<Object>>of(() -> runs().requestCancel(running.id(), LATER), () -> runs().save(
                                running.succeeded(List.of(), LATER))));

        if (outcomes.get(0) == Runs.Cancellation.REQUESTED) {
            assertThat(outcomes.get(1)).isEqualTo(false);
            assertThat(runs().find(running.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        } else {
            assertThat(outcomes).containsExactly(Runs.Cancellation.ENDED, true);
            assertThat(runs().find(running.id()).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @RepeatedTest(20)
    void a_wish_racing_with_a_taker_is_never_lost() {
        Run queued = admitted(1).get(0);

        List<Object> outcomes = Racing.race(List.<Callable<Object>>of(
                () -> runs().requestCancel(queued.id(), LATER), () -> runs().takeNextQueued(RunFixtures.LEASE, LATER)));

        Run stored = runs().find(queued.id()).orElseThrow();
        assertThat(stored.cancelRequested()).isTrue();
        if (outcomes.get(0) == Runs.Cancellation.CANCELED) {
            assertThat(outcomes.get(1)).isEqualTo(Optional.empty());
            assertThat(stored.status()).isEqualTo(RunStatus.CANCELED);
        } else {
            assertThat(outcomes.get(0)).isEqualTo(Runs.Cancellation.REQUESTED);
            assertThat(stored.status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @RepeatedTest(5)
    void of_many_racing_wishes_exactly_one_is_the_first() {
        Run running = running();
        List<Callable<Runs.Cancellation>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            callers.add(() -> runs().requestCancel(running.id(), LATER));
        }

        List<Runs.Cancellation> outcomes = Racing.race(callers);

        assertThat(outcomes).containsOnly(Runs.Cancellation.REQUESTED, Runs.Cancellation.ALREADY_REQUESTED);
        assertThat(outcomes).filteredOn(Runs.Cancellation.REQUESTED::equals).hasSize(1);
    }

    // lists and counts

    @Test
    void runs_are_listed_by_status_oldest_first() {
        List<Run> admitted = admitted(4);
        Run first = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();
        Run second = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();

        assertThat(runs().inStatus(RunStatus.RUNNING)).containsExactly(first, second);
        assertThat(runs().inStatus(RunStatus.QUEUED)).containsExactly(admitted.get(2), admitted.get(3));
        assertThat(runs().inStatus(RunStatus.FAILED)).isEmpty();
    }

    @Test
    void requests_with_a_run_are_listed_newest_first() {
        List<Run> admitted = admitted(3);
        requests().addAwaiting(fixtures.awaitingRequest(), NO_KEY);
        Run working = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();

        assertThat(runs().newest(2)).extracting(RunListing::run).containsExactly(admitted.get(2), admitted.get(1));
        assertThat(runs().newest(10))
                .extracting(RunListing::request)
                .containsExactly(admitted.get(2).requestId(), admitted.get(1).requestId(), working.requestId());
        assertThat(runs().newest(10)).last().extracting(RunListing::run).isEqualTo(working);
    }

    @Test
    void a_clock_that_jumps_back_changes_neither_the_list_nor_the_queue() {
        RunRequest first = fixtures.awaitingRequest();
        Run firstRun = fixtures.queuedRun(first);
        RunRequest second = dated(fixtures.awaitingRequest(), NOW.minus(Duration.ofHours(1)));
        Run secondRun = Run.queued(
                new RunId("33333333-3333-4333-8333-333333333333"),
                second.id(),
                second.skill(),
                second.engine(),
                second.createdAt());
        requests().admit(first.servedBy(firstRun.id(), false), firstRun, PLENTY, NO_KEY);
        requests().admit(second.servedBy(secondRun.id(), false), secondRun, PLENTY, NO_KEY);

        assertThat(runs().newest(10)).extracting(RunListing::request).containsExactly(second.id(), first.id());
        assertThat(runs().inStatus(RunStatus.QUEUED)).containsExactly(firstRun, secondRun);
        assertThat(runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow().id())
                .isEqualTo(firstRun.id());
    }

    private static RunRequest dated(RunRequest request, Instant moment) {
        return new RunRequest(
                request.id(),
                request.kind(),
                request.skill(),
                request.engine(),
                request.model(),
                request.input(),
                request.parameter(),
                request.options(),
                request.skillFingerprint(),
                request.cacheKey(),
                request.runId(),
                request.cacheHit(),
                moment);
    }

    @Test
    void a_list_carries_no_engine_output_and_the_beginning_of_messages() {
        admitted(1);
        Run working = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();
        RunFailure failure =
                new RunFailure(RunFailureCode.ENGINE_EXIT_NONZERO, "m".repeat(10_000), Optional.of("e".repeat(60_000)));
        RunChange failed = working.failed(failure, List.of(), NOW);
        assertThat(runs().save(failed)).isTrue();

        assertThat(runs().find(working.id())).contains(failed.after());
        assertThat(runs().newest(10)).singleElement().satisfies(listing -> {
            RunFailure listed = listing.run().failure().orElseThrow();
            assertThat(listed.code()).isEqualTo(failure.code());
            assertThat(listed.stderr()).isEmpty();
            assertThat(listed.message())
                    .startsWith("mmm")
                    .hasSize(RunListing.MAX_MESSAGE + 1)
                    .endsWith("…");
        });
    }

    @Test
    void every_request_that_shares_a_run_is_listed() {
        Run ended = succeeded();
        RunRequest second = fixtures.awaitingRequest();
        assertThat(requests().bindToEnded(second.servedBy(ended.id(), true), NO_KEY))
                .isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(runs().newest(10)).extracting(RunListing::request).containsExactly(second.id(), ended.requestId());
        assertThat(runs().newest(10)).extracting(RunListing::run).containsOnly(ended);
    }

    @Test
    void every_status_is_counted() {
        succeeded();
        admitted(2);

        Map<RunStatus, Long> expected = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            expected.put(status, 0L);
        }
        expected.put(RunStatus.SUCCEEDED, 1L);
        expected.put(RunStatus.QUEUED, 2L);
        assertThat(runs().countByStatus()).isEqualTo(expected);
        assertThat(runs().countQueued()).isEqualTo(2);
    }

    private static Run with(Run run, long fence, RunStatus status) {
        return new Run(
                run.id(),
                run.requestId(),
                run.skill(),
                run.engine(),
                status,
                run.attempt(),
                fence,
                run.lease(),
                run.cancelRequested(),
                run.failure(),
                run.warnings(),
                run.recovery(),
                run.createdAt(),
                run.updatedAt());
    }
}
