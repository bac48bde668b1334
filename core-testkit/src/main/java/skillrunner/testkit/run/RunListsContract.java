package skillrunner.testkit.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link skillrunner.application.run.Runs} promises about its lists. */
public abstract class RunListsContract extends RunStoresContract {
    private static final RunQuery ALL = RunQuery.newest(PLENTY);

    @Test
    void pages_hold_every_request_once_although_others_come_meanwhile() {
        List<RequestId> known =
                new ArrayList<>(admitted(7).stream().map(Run::requestId).toList());
        List<RequestId> seen = new ArrayList<>();
        Optional<Long> before = Optional.empty();
        List<RunListing> page = runs().list(query(Set.of(), before, 3));
        while (!page.isEmpty()) {
            page.forEach(listing -> seen.add(listing.request()));
            before = Optional.of(page.get(page.size() - 1).sequence());
            admitted(1);
            page = runs().list(query(Set.of(), before, 3));
        }

        Collections.reverse(known);
        assertThat(seen).isEqualTo(known);
    }

    @Test
    void a_list_of_some_statuses_follows_the_runs_wherever_they_stand() {
        Run ended = succeeded();
        Run working = running();
        Run queued = admitted(1).get(0);

        assertThat(listed(Set.of(RunStatus.SUCCEEDED))).containsExactly(ended.requestId());
        assertThat(listed(Set.of(RunStatus.RUNNING))).containsExactly(working.requestId());
        assertThat(listed(Set.of(RunStatus.QUEUED, RunStatus.SUCCEEDED)))
                .containsExactly(queued.requestId(), ended.requestId());
        runs().requestCancel(queued.id(), LATER);
        assertThat(listed(Set.of(RunStatus.QUEUED))).isEmpty();
        assertThat(listed(Set.of(RunStatus.CANCELED))).containsExactly(queued.requestId());
    }

    @Test
    void a_request_that_shares_a_run_is_listed_under_its_status() {
        Run ended = succeeded();
        RunRequest fresh = fixtures.awaitingRequest();
        RunRequest waiting = fixtures.awaitingRequest();
        requests().addAwaiting(waiting, NO_KEY);
        requests().bindToEnded(fresh.servedBy(ended.id(), true), NO_KEY);
        requests().bindAwaiting(waiting.servedBy(ended.id(), true));

        assertThat(listed(Set.of(RunStatus.SUCCEEDED)))
                .containsExactlyInAnyOrder(fresh.id(), waiting.id(), ended.requestId());
        assertThat(runs().list(ALL).stream().filter(RunListing::cacheHit)).hasSize(2);
    }

    @Test
    void skill_engine_and_moment_choose() {
        Run run = admitted(1).get(0);

        assertThat(runs().list(about(run.skill(), run.engine(), NOW))).hasSize(1);
        assertThat(runs().list(about(new SkillId("another"), run.engine(), NOW)))
                .isEmpty();
        assertThat(runs().list(about(run.skill(), EngineId.GEMINI, NOW))).isEmpty();
        assertThat(runs().list(about(run.skill(), run.engine(), NOW.plusMillis(1))))
                .isEmpty();
    }

    @Test
    void a_moment_chooses_by_when_each_request_came_also_where_the_clock_was_set_back() {
        RequestId first = admittedAt(NOW);
        RequestId ahead = admittedAt(LATER.plusSeconds(3_600));
        RequestId setBack = admittedAt(NOW);
        RequestId last = admittedAt(LATER);

        assertThat(listedSince(NOW)).containsExactly(last, setBack, ahead, first);
        assertThat(listedSince(LATER)).containsExactly(last, ahead);
        assertThat(listedSince(LATER.plusSeconds(1))).containsExactly(ahead);
        assertThat(listedSince(LATER.plusSeconds(3_601))).isEmpty();
    }

    @Test
    void requests_that_wait_for_their_files_are_listed_apart() {
        admitted(1);
        RunRequest first = fixtures.awaitingRequest();
        RunRequest second = fixtures.awaitingRequest();
        requests().addAwaiting(first, NO_KEY);
        requests().addAwaiting(second, NO_KEY);

        assertThat(runs().awaiting(ALL)).extracting(AwaitingRequest::id).containsExactly(second.id(), first.id());
        assertThat(runs().awaiting(RunQuery.newest(1))).hasSize(1);
        assertThat(runs().awaiting(about(first.skill(), first.engine(), NOW))).hasSize(2);
        assertThat(runs().awaiting(about(first.skill(), EngineId.GEMINI, NOW))).isEmpty();
        unserved().mark(Optional.empty(), LATER);
        assertThat(runs().awaiting(ALL)).isEmpty();
    }

    private RequestId admittedAt(Instant moment) {
        RunRequest request = fixtures.awaitingRequest(moment);
        Run run = fixtures.queuedRun(request);
        requests().admit(request.servedBy(run.id(), false), run, PLENTY, NO_KEY);
        return request.id();
    }

    private List<RequestId> listedSince(Instant since) {
        return runs()
                .list(new RunQuery(
                        Set.of(), Optional.empty(), Optional.empty(), Optional.of(since), Optional.empty(), PLENTY))
                .stream()
                .map(RunListing::request)
                .toList();
    }

    private List<RequestId> listed(Set<RunStatus> statuses) {
        return runs().list(query(statuses, Optional.empty(), PLENTY)).stream()
                .map(RunListing::request)
                .toList();
    }

    private static RunQuery query(Set<RunStatus> statuses, Optional<Long> before, int limit) {
        return new RunQuery(statuses, Optional.empty(), Optional.empty(), Optional.empty(), before, limit);
    }

    private static RunQuery about(SkillId skill, EngineId engine, Instant since) {
        return new RunQuery(
                Set.of(), Optional.of(skill), Optional.of(engine), Optional.of(since), Optional.empty(), PLENTY);
    }
}
