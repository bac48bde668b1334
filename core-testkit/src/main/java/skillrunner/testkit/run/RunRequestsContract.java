package skillrunner.testkit.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link RunRequests} promises. */
public abstract class RunRequestsContract extends RunStoresContract {
    // requests

    @Test
    void a_waiting_request_is_found_as_it_was_stored() {
        RunRequest request = fixtures.awaitingRequest();

        requests().addAwaiting(request, NO_KEY);

        assertThat(runs().findRequest(request.id())).contains(request);
        assertThat(runs().countByStatus().values()).containsOnly(0L);
    }

    @Test
    void a_request_keeps_everything_a_client_can_ask_for() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("z", List.of(1, 2L + Integer.MAX_VALUE, new BigInteger("9".repeat(30))));
        nested.put("a", new BigDecimal("0.10"));
        nested.put("nothing", null);
        nested.put("text", "quotes \" and \\ and \n and \u0000 and 汉字 and \ud83d\ude00");
        RunRequest request = new RunRequest(
                new RequestId("11111111-1111-4111-8111-111111111111"),
                RequestKind.JOB,
                new SkillId("a.skill_with-signs"),
                new EngineId("brought-along"),
                Optional.of(new ModelSpec("gpt-5", Optional.of("high"))),
                nested,
                Map.of("flag", true, "empty", Map.of(), "list", List.of()),
                new RuntimeOptions(
                        ExecutionMode.INTERACTIVE, Optional.of(false), 9, Optional.of(33), true, true, true, 2),
                Optional.of("f".repeat(64)),
                Optional.of("c".repeat(64)),
                Optional.empty(),
                false,
                NOW);

        requests().addAwaiting(request, NO_KEY);

        RunRequest found = runs().findRequest(request.id()).orElseThrow();
        assertThat(found).isEqualTo(request);
        assertThat(found.input().keySet()).containsExactly("z", "a", "nothing", "text");
    }

    // admission

    @Test
    void an_admitted_run_is_queued_and_its_request_is_bound() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        RunRequest bound = request.asking("f".repeat(64), Optional.of("key")).servedBy(run.id(), false);

        assertThat(requests().admit(bound, run, PLENTY, NO_KEY)).isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(runs().find(run.id())).contains(run);
        assertThat(runs().findRequest(request.id())).contains(bound);
    }

    @Test
    void a_request_that_waited_is_bound_by_its_admission() {
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, NO_KEY);
        Run run = fixtures.queuedRun(request);
        RunRequest bound = request.asking("f".repeat(64), Optional.of("key")).servedBy(run.id(), false);

        assertThat(requests().admit(bound, run, PLENTY, NO_KEY)).isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(runs().findRequest(request.id())).contains(bound);
    }

    @Test
    void a_full_queue_stores_neither_run_nor_request() {
        admitted(1);
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);

        assertThat(requests().admit(request.servedBy(run.id(), false), run, 1, NO_KEY))
                .isEqualTo(RunRequests.Admission.QUEUE_FULL);

        assertThat(runs().find(run.id())).isEmpty();
        assertThat(runs().findRequest(request.id())).isEmpty();
    }

    @Test
    void a_full_queue_leaves_a_waiting_request_as_it_was() {
        admitted(1);
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, NO_KEY);
        Run run = fixtures.queuedRun(request);
        RunRequest bound = request.asking("f".repeat(64), Optional.of("key")).servedBy(run.id(), false);

        assertThat(requests().admit(bound, run, 1, NO_KEY)).isEqualTo(RunRequests.Admission.QUEUE_FULL);

        assertThat(runs().findRequest(request.id())).contains(request);
        assertThat(runs().find(run.id())).isEmpty();
    }

    @Test
    void only_queued_runs_count_for_the_limit() {
        admitted(1);
        runs().takeNextQueued(RunFixtures.LEASE, NOW);

        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);

        assertThat(requests().admit(request.servedBy(run.id(), false), run, 1, NO_KEY))
                .isEqualTo(RunRequests.Admission.ADMITTED);
    }

    @Test
    void a_bound_request_is_not_admitted_again_and_nothing_changes() {
        RunRequest request = fixtures.awaitingRequest();
        Run first = fixtures.queuedRun(request);
        Run second = fixtures.queuedRun(request);
        requests().admit(request.servedBy(first.id(), false), first, PLENTY, NO_KEY);

        assertThat(requests().admit(request.servedBy(second.id(), false), second, PLENTY, NO_KEY))
                .isEqualTo(RunRequests.Admission.ALREADY_STARTED);

        assertThat(runs().find(second.id())).isEmpty();
        assertThat(runs().findRequest(request.id()).orElseThrow().runId()).contains(first.id());
    }

    @Test
    void a_bound_request_is_told_so_even_when_the_queue_is_full() {
        RunRequest request = fixtures.awaitingRequest();
        Run first = fixtures.queuedRun(request);
        requests().admit(request.servedBy(first.id(), false), first, 1, NO_KEY);
        Run second = fixtures.queuedRun(request);

        assertThat(requests().admit(request.servedBy(second.id(), false), second, 1, NO_KEY))
                .isEqualTo(RunRequests.Admission.ALREADY_STARTED);
    }

    @RepeatedTest(5)
    void racing_admissions_never_exceed_the_limit() {
        List<Callable<RunRequests.Admission>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RunRequest request = fixtures.awaitingRequest();
            Run run = fixtures.queuedRun(request);
            callers.add(() -> requests().admit(request.servedBy(run.id(), false), run, 3, NO_KEY));
        }

        List<RunRequests.Admission> outcomes = Racing.race(callers);

        assertThat(outcomes)
                .containsOnly(RunRequests.Admission.ADMITTED, RunRequests.Admission.QUEUE_FULL)
                .filteredOn(RunRequests.Admission.ADMITTED::equals)
                .hasSize(3);
        assertThat(runs().inStatus(RunStatus.QUEUED)).hasSize(3);
    }

    @RepeatedTest(5)
    void of_many_racing_admissions_of_one_request_exactly_one_wins() {
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, NO_KEY);
        List<Run> candidates = new ArrayList<>();
        List<Callable<RunRequests.Admission>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Run run = fixtures.queuedRun(request);
            candidates.add(run);
            callers.add(() -> requests().admit(request.servedBy(run.id(), false), run, PLENTY, NO_KEY));
        }

        List<RunRequests.Admission> outcomes = Racing.race(callers);

        int winner = outcomes.indexOf(RunRequests.Admission.ADMITTED);
        assertThat(outcomes).filteredOn(RunRequests.Admission.ADMITTED::equals).hasSize(1);
        assertThat(outcomes).containsOnly(RunRequests.Admission.ADMITTED, RunRequests.Admission.ALREADY_STARTED);
        assertThat(runs().findRequest(request.id()).orElseThrow().runId())
                .contains(candidates.get(winner).id());
        assertThat(runs().inStatus(RunStatus.QUEUED))
                .extracting(Run::id)
                .containsExactly(candidates.get(winner).id());
    }

    // keys

    @Test
    void what_a_client_was_told_is_found_under_its_key_as_it_was_stored() {
        RunRequest waiting = fixtures.awaitingRequest();
        KeyedAcceptance first = keyed("A", waiting.id(), Optional.empty());
        assertThat(requests().addAwaiting(waiting, Optional.of(first))).isTrue();
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        KeyedAcceptance second = keyed("a", request.id(), Optional.of(RunStatus.QUEUED));
        assertThat(requests().admit(request.servedBy(run.id(), false), run, PLENTY, Optional.of(second)))
                .isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(requests().acceptedUnder(first.key())).contains(first);
        assertThat(requests().acceptedUnder(second.key())).contains(second);
        assertThat(requests().acceptedUnder(new IdempotencyKey("b"))).isEmpty();
    }

    @Test
    void a_used_key_stores_nothing_whichever_way_it_comes_again() {
        Run answer = succeeded();
        RunRequest first = fixtures.awaitingRequest();
        KeyedAcceptance told = keyed("key", first.id(), Optional.empty());
        requests().addAwaiting(first, Optional.of(told));
        RunRequest other = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(other);
        Optional<KeyedAcceptance> again = Optional.of(keyed("key", other.id(), Optional.of(RunStatus.QUEUED)));

        assertThat(requests().addAwaiting(other, again)).isFalse();
        assertThat(requests().admit(other.servedBy(run.id(), false), run, 0, again))
                .isEqualTo(RunRequests.Admission.KEY_USED);
        assertThat(requests().bindToEnded(other.servedBy(answer.id(), true), again))
                .isEqualTo(RunRequests.Admission.KEY_USED);

        assertThat(runs().findRequest(other.id())).isEmpty();
        assertThat(runs().find(run.id())).isEmpty();
        assertThat(requests().acceptedUnder(told.key())).contains(told);
    }

    @Test
    void a_refused_admission_uses_no_key() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        KeyedAcceptance keyed = keyed("key", request.id(), Optional.of(RunStatus.QUEUED));

        assertThat(requests().admit(request.servedBy(run.id(), false), run, 0, Optional.of(keyed)))
                .isEqualTo(RunRequests.Admission.QUEUE_FULL);

        assertThat(requests().acceptedUnder(keyed.key())).isEmpty();
    }

    @RepeatedTest(5)
    void of_many_racing_requests_with_one_key_exactly_one_is_stored() {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            RunRequest request = fixtures.awaitingRequest();
            Run run = fixtures.queuedRun(request);
            boolean waits = i % 2 == 0;
            Optional<KeyedAcceptance> keyed =
                    Optional.of(keyed("key", request.id(), waits ? Optional.empty() : Optional.of(RunStatus.QUEUED)));
            callers.add(() -> waits
                    ? requests().addAwaiting(request, keyed)
                    : requests().admit(request.servedBy(run.id(), false), run, PLENTY, keyed)
                            == RunRequests.Admission.ADMITTED);
        }

        assertThat(Racing.race(callers)).filteredOn(Boolean::booleanValue).hasSize(1);

        RequestId winner = requests()
                .acceptedUnder(new IdempotencyKey("key"))
                .orElseThrow()
                .acceptance()
                .request();
        assertThat(runs().findRequest(winner)).isPresent();
    }

    private static KeyedAcceptance keyed(String key, RequestId request, Optional<RunStatus> status) {
        return new KeyedAcceptance(
                new IdempotencyKey(key), "d".repeat(64), new Acceptance(request, false, status, List.of("W", "x y")));
    }

    // answers of earlier runs

    @Test
    void a_new_request_is_bound_to_an_ended_run() {
        Run answer = succeeded();
        RunRequest bound = fixtures.awaitingRequest()
                .asking("f".repeat(64), Optional.of("key"))
                .servedBy(answer.id(), true);

        assertThat(requests().bindToEnded(bound, NO_KEY)).isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(runs().findRequest(bound.id())).contains(bound);
    }

    @Test
    void a_waiting_request_is_bound_to_an_ended_run() {
        Run answer = succeeded();
        RunRequest request = fixtures.awaitingRequest();
        requests().addAwaiting(request, NO_KEY);
        RunRequest bound = request.asking("f".repeat(64), Optional.of("key")).servedBy(answer.id(), true);

        assertThat(requests().bindToEnded(bound, NO_KEY)).isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(runs().findRequest(request.id())).contains(bound);
    }

    @Test
    void a_bound_request_is_not_bound_again() {
        Run answer = succeeded();
        RunRequest request = fixtures.awaitingRequest();
        Run own = fixtures.queuedRun(request);
        requests().admit(request.servedBy(own.id(), false), own, PLENTY, NO_KEY);

        assertThat(requests().bindToEnded(request.servedBy(answer.id(), true), NO_KEY))
                .isEqualTo(RunRequests.Admission.ALREADY_STARTED);

        assertThat(runs().findRequest(request.id())).contains(request.servedBy(own.id(), false));
    }

    @RepeatedTest(5)
    void of_many_racing_bindings_exactly_one_wins() {
        Run answer = succeeded();
        RunRequest request = fixtures.awaitingRequest();
        List<Callable<RunRequests.Admission>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            callers.add(() -> requests().bindToEnded(request.servedBy(answer.id(), true), NO_KEY));
        }

        assertThat(Racing.race(callers))
                .filteredOn(RunRequests.Admission.ADMITTED::equals)
                .hasSize(1);
    }
}
