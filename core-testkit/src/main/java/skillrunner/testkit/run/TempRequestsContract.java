package skillrunner.testkit.run;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link skillrunner.application.run.admission.TempRequests} promises, with the requests it leads to. */
public abstract class TempRequestsContract extends RunStoresContract {
    private static final PackageRejection REASON = new PackageRejection(ErrorCode.PACKAGE_INVALID, "no SKILL.md");
    private static final IdempotencyKey KEY = new IdempotencyKey("a-key");

    @Test
    void a_request_keeps_everything_a_client_can_ask_for() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("z", List.of(1, new BigDecimal("0.10")));
        nested.put("nothing", null);
        TempRequest request = TempRequest.created(
                new RequestId("11111111-1111-4111-8111-111111111111"),
                new EngineId("brought-along"),
                Optional.of(new ModelSpec("gpt-5", Optional.of("high"))),
                nested,
                Map.of("flag", true),
                Map.of("debug_keep_temp", true),
                NOW);

        assertThat(tempRequests().add(request, NO_KEY)).isTrue();

        assertThat(tempRequests().find(request.id())).contains(request);
        assertThat(runs().findRequest(request.id())).isEmpty();
        assertThat(runs().newest(10)).isEmpty();
    }

    @Test
    void the_input_can_be_any_value() {
        for (Object input : Arrays.asList("text", 7, true, List.of("a"), Map.of())) {
            TempRequest request = TempRequest.created(
                    fixtures.awaitingRequest().id(), EngineId.CODEX, Optional.empty(), input, Map.of(), Map.of(), NOW);

            tempRequests().add(request, NO_KEY);

            assertThat(tempRequests().find(request.id()).orElseThrow().input()).isEqualTo(input);
        }
    }

    @Test
    void those_that_wait_are_listed_newest_first() {
        TempRequest first = waiting();
        TempRequest second = waiting();
        RunQuery all = RunQuery.newest(10);

        assertThat(tempRequests().awaiting(all))
                .extracting(AwaitingRequest::id)
                .containsExactly(second.id(), first.id());
        assertThat(tempRequests().awaiting(RunQuery.newest(1))).hasSize(1);
        assertThat(tempRequests().awaiting(about(Optional.of(first.engine()), NOW)))
                .hasSize(2);
        assertThat(tempRequests().awaiting(about(Optional.of(new EngineId("another")), NOW)))
                .isEmpty();
        assertThat(tempRequests().awaiting(about(Optional.empty(), LATER.plusSeconds(1))))
                .isEmpty();

        tempRequests().reject(first.rejected(REASON, LATER));
        assertThat(tempRequests().awaiting(all).get(1).rejection()).contains(REASON);
        assertThat(tempRequests().awaiting(all))
                .extracting(AwaitingRequest::skill)
                .allMatch(Optional::isEmpty);
    }

    @Test
    void whoever_asks_for_a_skill_gets_none_that_is_to_come() {
        waiting();

        RunQuery ofSkill = new RunQuery(
                Set.of(), Optional.of(new SkillId("demo")), Optional.empty(), Optional.empty(), Optional.empty(), 10);

        assertThat(tempRequests().awaiting(ofSkill)).isEmpty();
    }

    private static RunQuery about(Optional<EngineId> engine, Instant since) {
        return new RunQuery(Set.of(), Optional.empty(), engine, Optional.of(since), Optional.empty(), 10);
    }

    @Test
    void a_rejection_stays_until_the_next_one() {
        TempRequest request = waiting();
        TempRequest rejected = request.rejected(REASON, LATER);

        assertThat(tempRequests().reject(rejected)).isTrue();
        assertThat(tempRequests().find(request.id())).contains(rejected);

        TempRequest again = rejected.rejected(new PackageRejection(ErrorCode.ARCHIVE_INVALID, "no zip"), LATER);
        assertThat(tempRequests().reject(again)).isTrue();
        assertThat(tempRequests().find(request.id())).contains(again);
    }

    @Test
    void who_is_not_here_can_not_be_rejected() {
        TempRequest request = fixtures.tempRequest();

        assertThat(tempRequests().reject(request.rejected(REASON, LATER))).isFalse();

        assertThat(tempRequests().find(request.id())).isEmpty();
    }

    @Test
    void admission_turns_it_into_the_request_of_a_run() {
        TempRequest request = waiting();
        Run run = run(request);
        RunRequest bound = started(request, run);

        assertThat(requests().admit(bound, run, PLENTY, NO_KEY)).isEqualTo(RunRequests.Admission.ADMITTED);

        assertThat(tempRequests().find(request.id())).isEmpty();
        assertThat(runs().findRequest(request.id())).contains(bound);
        assertThat(runs().newest(10)).singleElement().satisfies(listing -> assertThat(listing.kind())
                .isEqualTo(bound.kind()));
        assertThat(tempRequests().reject(request.rejected(REASON, LATER))).isFalse();
    }

    @Test
    void a_rejected_one_can_be_admitted_too() {
        TempRequest request = waiting();
        TempRequest rejected = request.rejected(REASON, LATER);
        tempRequests().reject(rejected);
        Run run = run(request);

        assertThat(requests().admit(started(rejected, run), run, PLENTY, NO_KEY))
                .isEqualTo(RunRequests.Admission.ADMITTED);
    }

    @Test
    void a_full_queue_leaves_it_as_it_was() {
        admitted(1);
        TempRequest request = waiting();
        Run run = run(request);

        assertThat(requests().admit(started(request, run), run, 1, NO_KEY)).isEqualTo(RunRequests.Admission.QUEUE_FULL);

        assertThat(tempRequests().find(request.id())).contains(request);
        assertThat(runs().findRequest(request.id())).isEmpty();
        assertThat(runs().find(run.id())).isEmpty();
    }

    @Test
    void it_is_admitted_once() {
        TempRequest request = waiting();
        Run first = run(request);
        requests().admit(started(request, first), first, PLENTY, NO_KEY);
        Run second = run(request);

        assertThat(requests().admit(started(request, second), second, PLENTY, NO_KEY))
                .isEqualTo(RunRequests.Admission.ALREADY_STARTED);

        assertThat(runs().find(second.id())).isEmpty();
    }

    @Test
    void of_many_racing_admissions_exactly_one_wins() {
        TempRequest request = waiting();

        List<Callable<RunRequests.Admission>> callers = Stream.generate(() -> run(request))
                .limit(THREADS)
                .<Callable<RunRequests.Admission>>map(
                        run -> () -> requests().admit(started(request, run), run, PLENTY, NO_KEY))
                .toList();
        List<RunRequests.Admission> outcomes = Racing.race(callers);

        assertThat(outcomes).containsOnlyOnce(RunRequests.Admission.ADMITTED);
        assertThat(runs().countByStatus()).containsEntry(RunStatus.QUEUED, 1L);
    }

    @Test
    void one_that_was_never_stored_is_not_admitted() {
        TempRequest request = fixtures.tempRequest();
        Run run = run(request);

        assertThat(requests().admit(started(request, run), run, PLENTY, NO_KEY))
                .isEqualTo(RunRequests.Admission.REQUEST_GONE);
    }

    // keys

    @Test
    void a_key_tells_what_the_client_was_told_before_and_after_the_package_came() {
        TempRequest request = fixtures.tempRequest();
        KeyedAcceptance keyed = keyed(request.id());

        assertThat(tempRequests().add(request, Optional.of(keyed))).isTrue();
        assertThat(requests().acceptedUnder(KEY)).contains(keyed);

        tempRequests().reject(request.rejected(REASON, LATER));
        Run run = run(request);
        requests().admit(started(request, run), run, PLENTY, NO_KEY);
        assertThat(requests().acceptedUnder(KEY)).contains(keyed);
    }

    @Test
    void a_key_is_used_once_whatever_kind_of_request_it_came_with() {
        TempRequest first = fixtures.tempRequest();
        tempRequests().add(first, Optional.of(keyed(first.id())));
        TempRequest second = fixtures.tempRequest();
        RunRequest job = fixtures.awaitingRequest();

        assertThat(tempRequests().add(second, Optional.of(keyed(second.id())))).isFalse();
        assertThat(requests().addAwaiting(job, Optional.of(keyed(job.id())))).isFalse();

        assertThat(tempRequests().find(second.id())).isEmpty();
        assertThat(runs().findRequest(job.id())).isEmpty();
    }

    @Test
    void a_key_of_a_job_is_used_too() {
        RunRequest job = fixtures.awaitingRequest();
        requests().addAwaiting(job, Optional.of(keyed(job.id())));
        TempRequest request = fixtures.tempRequest();

        assertThat(tempRequests().add(request, Optional.of(keyed(request.id()))))
                .isFalse();

        assertThat(tempRequests().find(request.id())).isEmpty();
    }

    private TempRequest waiting() {
        TempRequest request = fixtures.tempRequest();
        assertThat(tempRequests().add(request, NO_KEY)).isTrue();
        return request;
    }

    private Run run(TempRequest request) {
        return fixtures.queuedRun(fixtures.started(request));
    }

    private RunRequest started(TempRequest request, Run run) {
        return fixtures.started(request).servedBy(run.id(), false);
    }

    private static KeyedAcceptance keyed(RequestId request) {
        return new KeyedAcceptance(
                KEY, "question", new Acceptance(request, false, Optional.of(RunStatus.QUEUED), List.of("WARNING")));
    }
}
