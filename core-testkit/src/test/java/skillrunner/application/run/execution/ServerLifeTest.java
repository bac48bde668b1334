package skillrunner.application.run.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.ClaimPolicy;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.background.OwnThreads;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Slots, the wish to end a run, and what a new server makes of an old one's runs. */
class ServerLifeTest {
    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    // slots

    @Test
    void no_slot_is_given_before_the_start() {
        RunRequest request = create(1);

        assertThat(core.server().tasks().names()).isEmpty();
        core.server().dispatcher.start();

        assertThat(core.server().tasks().names())
                .containsExactly("run-" + request.runId().orElseThrow());
    }

    @Test
    void never_more_runs_work_than_there_are_slots() {
        core.server().dispatcher.start();
        List<RunRequest> requests = List.of(create(1), create(2), create(3));

        assertThat(core.server().dispatcher.busySlots()).isEqualTo(2);
        assertThat(requests)
                .extracting(request -> run(request).status())
                .containsExactly(RunStatus.RUNNING, RunStatus.RUNNING, RunStatus.QUEUED);
    }

    @Test
    void a_slot_that_gets_free_is_given_to_the_oldest_queued_run() {
        core.restartWith(1, 10);
        List<String> order = new ArrayList<>();
        core.processes.onLaunch(process -> {
            order.add(process.order().marker());
            process.answers("{}");
        });
        core.server().dispatcher.start();
        List<RunRequest> requests = List.of(create(1), create(2), create(3));

        core.server().tasks().runAll();

        assertThat(order)
                .containsExactlyElementsOf(requests.stream()
                        .map(request -> request.runId().orElseThrow() + ".1")
                        .toList());
        assertThat(core.server().dispatcher.busySlots()).isZero();
    }

    @Test
    void a_stopped_dispatcher_gives_no_slot_and_lets_go_of_what_works() {
        core.server().dispatcher.start();
        RunRequest working = create(1);
        core.processes.onLaunch(process -> core.server().dispatcher.stop());

        core.server().tasks().runAll();

        assertThat(run(working).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(core.processes.process(run(working).id(), 1).isRunning()).isTrue();
        assertThat(core.processes.followers()).isZero();
        assertThat(core.server().dispatcher.busySlots()).isZero();
        assertThat(run(create(2)).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    @Timeout(60)
    void whoever_stops_can_wait_until_what_works_is_let_go() throws InterruptedException {
        CoreOnFakes threaded = new CoreOnFakes(new OwnThreads());
        threaded.skills.install(aSkill().build());
        CountDownLatch launched = new CountDownLatch(1);
        threaded.processes.onLaunch(process -> launched.countDown());
        RunDispatcher dispatcher = threaded.server().dispatcher;
        dispatcher.start();
        threaded.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        launched.await();

        dispatcher.stop();

        assertThat(dispatcher.awaitLetGo(Duration.ofMinutes(1))).isTrue();
        assertThat(threaded.processes.followers()).isZero();
        assertThat(dispatcher.busySlots()).isZero();
    }

    @Test
    void no_monitor_is_held_while_the_store_is_asked_for_a_run() {
        create(1);
        List<Boolean> held = new ArrayList<>();
        core.disk.onNextWrite("slot", () -> held.add(Thread.holdsLock(core.server().dispatcher)));

        core.server().dispatcher.start();

        assertThat(held).containsExactly(false);
    }

    @Test
    void a_queue_that_can_not_be_read_is_tried_again_later() {
        RunRequest request = create(1);
        core.disk.failWrite(1);
        core.server().dispatcher.start();
        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
        core.processes.onLaunch(process -> process.answers("{}"));

        core.server().tasks().runDelayed();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    // the wish to end a run

    @Test
    void a_queued_run_is_canceled_at_once_with_a_result() {
        RunRequest request = create(1);

        CancelRun.Outcome outcome = cancel(request);

        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(run(request).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.workspaces.result(run(request).id()).orElseThrow().status())
                .isEqualTo("canceled");
        core.server().dispatcher.start();
        assertThat(core.server().tasks().names()).isEmpty();
    }

    @Test
    void a_working_run_whose_end_was_accepted_ends_canceled() {
        core.server().dispatcher.start();
        RunRequest request = create(1);
        List<CancelRun.Outcome> outcomes = new ArrayList<>();
        core.processes.onLaunch(process -> outcomes.addAll(List.of(cancel(request), cancel(request))));

        core.server().tasks().runAll();

        assertThat(outcomes).extracting(CancelRun.Outcome::accepted).containsExactly(true, false);
        assertThat(outcomes).extracting(CancelRun.Outcome::status).containsOnly(RunStatus.CANCELED);
        assertThat(run(request).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.process(run(request).id(), 1).isRunning()).isFalse();
    }

    @Test
    void the_end_of_an_ended_run_is_not_accepted_and_its_status_is_told() {
        core.processes.onLaunch(process -> process.answers("{}"));
        core.server().dispatcher.start();
        RunRequest succeeded = create(1);
        core.server().tasks().runAll();
        core.processes.onLaunch(process -> process.exits(1));
        RunRequest failed = create(2);
        core.server().tasks().runAll();
        core.server().dispatcher.stop();
        RunRequest canceled = create(3);
        cancel(canceled);

        assertThat(List.of(cancel(succeeded), cancel(failed), cancel(canceled)))
                .allSatisfy(outcome -> assertThat(outcome.accepted()).isFalse());
        assertThat(cancel(succeeded).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(cancel(failed).status()).isEqualTo(RunStatus.FAILED);
        assertThat(cancel(canceled).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_request_without_a_run_and_an_unknown_one_can_not_be_canceled() {
        RequestId waiting = core.create(
                        new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), true))
                .id();

        assertRefused(waiting, ErrorCode.RUN_NOT_FOUND);
        assertRefused(new RequestId("99999999-9999-4999-8999-999999999999"), ErrorCode.REQUEST_NOT_FOUND);
    }

    // a new server

    @Test
    void a_queued_run_stays_queued_and_is_carried_out_by_the_new_server() {
        RunRequest request = create(1);
        core.restart();
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(core.server().reconcileRuns.reconcile()).isZero();
        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
        core.server().dispatcher.start();
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(request).recovery().state()).isEqualTo(RecoveryState.NONE);
    }

    @Test
    void a_run_whose_engine_ended_meanwhile_is_picked_up_and_judged() {
        RunRequest request = interrupted();
        core.processes.process(run(request).id(), 1).answers("{}");

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);
        assertThat(core.server().dispatcher.busySlots()).isEqualTo(1);
        assertThat(run(request).recovery().reason()).contains("process_reattached");
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(request).recovery().reason()).contains("process_reattached");
    }

    @Test
    void a_run_whose_process_vanished_fails_as_reconciled() {
        RunRequest request = interrupted();
        core.processes.process(run(request).id(), 1).vanishes();

        core.server().reconcileRuns.reconcile();
        core.server().tasks().runAll();

        assertThat(run(request).failure().orElseThrow().code())
                .isEqualTo(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED);
        assertThat(run(request).recovery().state()).isEqualTo(RecoveryState.FAILED_RECONCILED);
    }

    @Test
    void a_run_that_was_never_launched_is_launched_once() {
        RunRequest request = create(1);
        core.runs.takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant());
        core.restart();
        core.processes.onLaunch(process -> process.answers("{}"));

        core.server().reconcileRuns.reconcile();
        core.server().tasks().runAll();

        assertThat(core.processes.launches()).hasSize(1);
        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_wish_stored_before_the_restart_is_met_after_it() {
        RunRequest request = interrupted();
        cancel(request);

        core.server().reconcileRuns.reconcile();
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.process(run(request).id(), 1).isRunning()).isFalse();
    }

    @Test
    void a_store_that_can_not_be_read_when_the_server_starts_is_read_again() {
        core.server().dispatcher.start();
        RunRequest request = create(1);
        core.processes.onLaunch(process -> core.server().dispatcher.stop());
        core.server().tasks().runAll();
        core.restart();
        core.runs.failLooks(() -> {
            core.runs.allowLooks();
            return new UnavailableException("the database is locked", new IllegalStateException());
        });

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);

        assertThat(run(request).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run(request).recovery().reason()).contains("process_reattached");
    }

    @Test
    void a_second_restart_changes_nothing_more() {
        RunRequest request = interrupted();
        core.processes.process(run(request).id(), 1).vanishes();
        core.server().reconcileRuns.reconcile();
        core.server().tasks().runAll();
        Run ended = run(request);
        core.restart();

        assertThat(core.server().reconcileRuns.reconcile()).isZero();

        assertThat(run(request)).isEqualTo(ended);
    }

    @Test
    void resumed_runs_hold_slots_even_if_there_are_fewer_now() {
        core.server().dispatcher.start();
        create(1);
        create(2);
        core.restartWith(1, 10);
        RunRequest queued = create(3);

        core.server().reconcileRuns.reconcile();
        core.server().dispatcher.start();

        assertThat(core.server().dispatcher.busySlots()).isEqualTo(2);
        assertThat(run(queued).status()).isEqualTo(RunStatus.QUEUED);
    }

    // who owns a run

    @Test
    void the_next_server_of_the_same_node_goes_on_at_once_and_without_taking_over() {
        RunRequest request = interrupted();
        core.processes.process(run(request).id(), 1).answers("{}");
        long fence = run(request).fence();

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);
        assertThat(run(request).fence()).isEqualTo(fence);
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_run_of_another_node_is_left_to_it_while_its_lease_is_good() {
        RunRequest request = takenByAnother(core.clock.instant().plusSeconds(1));
        Run theirs = run(request);

        assertThat(core.server().reconcileRuns.reconcile()).isZero();
        core.server().tasks().runAll();

        assertThat(run(request)).isEqualTo(theirs);
        assertThat(core.processes.launches()).isEmpty();
        assertThat(core.server().dispatcher.busySlots()).isZero();
    }

    @Test
    void a_run_of_another_node_whose_lease_is_over_is_taken_over_and_carried_out_once() {
        RunRequest request = takenByAnother(core.clock.instant());
        Run theirs = run(request);
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);
        assertThat(run(request).fence()).isEqualTo(theirs.fence() + 1);
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(core.processes.launches()).hasSize(1);
        assertThat(core.runs.save(theirs.failed(RunFixtures.aFailure(), List.of(), core.clock.instant())))
                .isFalse();
    }

    @Test
    void a_damaged_run_of_another_node_is_left_to_it() {
        RunRequest request = takenByAnother(core.clock.instant().plusSeconds(1));
        core.runs.damage(run(request).id());

        assertThat(core.server().reconcileRuns.reconcile()).isZero();

        assertThat(core.server().tasks().names()).isEmpty();
    }

    @Test
    void a_run_that_an_earlier_version_took_is_carried_on_with_also_if_it_is_wished_to_end() {
        RunRequest request = interrupted();
        core.runs.forgetOwner(run(request).id());
        cancel(request);

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_run_that_can_not_be_taken_over_yet_is_neither_carried_on_with_nor_forgotten() {
        RunRequest request = interrupted();
        core.processes.process(run(request).id(), 1).answers("{}");
        core.runs.forgetOwner(run(request).id());
        core.disk.failWrite(1);

        assertThat(core.server().reconcileRuns.reconcile()).isEqualTo(1);
        assertThat(core.server().dispatcher.busySlots()).isZero();
        assertThat(run(request).lease()).isEmpty();
        core.server().tasks().runDelayed();
        core.server().tasks().runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_node_that_can_not_keep_its_claims_takes_nothing_from_the_queue() {
        core.become(new Draining(new SingleNodeOwnership(new NodeId("node-1"), core.clock)));
        core.restart();
        core.server().dispatcher.start();

        RunRequest request = create(1);

        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(core.server().dispatcher.busySlots()).isZero();
    }

    private record Draining(RunOwnership otherwise) implements RunOwnership {
        @Override
        public Lease claim() {
            return otherwise.claim();
        }

        @Override
        public boolean mayDispatch() {
            return false;
        }

        @Override
        public ClaimPolicy.Claim claimOn(Run run) {
            return otherwise.claimOn(run);
        }
    }

    private RunRequest takenByAnother(Instant until) {
        RunRequest request = create(1);
        core.runs.takeNextQueued(new Lease(new NodeId("other"), until), core.clock.instant());
        core.restart();
        return request;
    }

    private RunRequest interrupted() {
        core.server().dispatcher.start();
        RunRequest request = create(1);
        core.processes.onLaunch(process -> core.server().dispatcher.stop());
        core.server().tasks().runAll();
        core.processes.onLaunch(process -> {});
        core.restart();
        assertThat(run(request).status()).isEqualTo(RunStatus.RUNNING);
        return request;
    }

    private RunRequest create(int number) {
        return core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of("n", number), Optional.empty(), Map.of(), false));
    }

    private CancelRun.Outcome cancel(RunRequest request) {
        return core.server().cancelRun.cancel(request.id());
    }

    private void assertRefused(RequestId id, ErrorCode code) {
        assertThatThrownBy(() -> core.server().cancelRun.cancel(id))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        thrown -> assertThat(thrown.refusal().code()).isEqualTo(code));
    }

    private Run run(RunRequest request) {
        return core.runs.find(request.runId().orElseThrow()).orElseThrow();
    }
}
