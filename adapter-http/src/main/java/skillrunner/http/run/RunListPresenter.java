package skillrunner.http.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunPage;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns runs and requests into the rows of lists. */
final class RunListPresenter {
    private static final int SHORT_ID = 8;

    private RunListPresenter() {}

    static RunListView list(RunPage page, RunFilterView filter, Instant now, Messages messages) {
        return new RunListView(
                messages,
                filter,
                rows(page.runs(), page.queuePositions(), now, messages),
                page.awaiting().stream()
                        .map(request -> awaiting(request, messages))
                        .toList(),
                page.next().map(String::valueOf).map(filter::after).orElse(""));
    }

    static RunListView.Awaiting awaiting(AwaitingRequest request, Messages messages) {
        return new RunListView.Awaiting(
                request.id().value(),
                request.id().value().substring(0, SHORT_ID),
                request.skill().map(SkillId::value).orElseGet(() -> messages.text("awaiting.skill")),
                request.skill().isPresent() ? "awaiting.open" : "awaiting.skill.open",
                request.engine().wire(),
                Moment.of(request.createdAt()),
                request.rejection().map(PackageRejection::message).orElse(""));
    }

    static List<RunListView.Row> rows(
            List<RunListing> listings, Map<RunId, Integer> queuePositions, Instant now, Messages messages) {
        return listings.stream()
                .map(listing -> row(
                        listing,
                        Optional.ofNullable(queuePositions.get(listing.run().id())),
                        now,
                        messages))
                .toList();
    }

    private static RunListView.Row row(
            RunListing listing, Optional<Integer> queuePosition, Instant now, Messages messages) {
        Run run = listing.run();
        String request = listing.request().value();
        Instant requested = listing.requestedAt();
        boolean ended = run.status().isTerminal();
        Instant until = ended ? run.updatedAt() : now;
        return new RunListView.Row(
                request,
                request.substring(0, SHORT_ID),
                run.id().value(),
                run.skill().value(),
                RunWords.temporary(listing.kind(), messages),
                run.engine().wire(),
                RunWords.status(run.status(), messages),
                note(run, queuePosition, messages),
                words(run),
                listing.cacheHit() ? messages.text("runs.cached") : "",
                messages.number(run.interactions().count()),
                RunWords.recovery(run, messages).orElse(""),
                Moment.of(requested),
                Moment.of(run.updatedAt()),
                // A request answered from the cache is younger than its run.
                until.isBefore(requested) ? "" : messages.duration(Duration.between(requested, until)),
                ended ? "" : Moment.of(requested).machine());
    }

    private static String words(Run run) {
        return run.failure()
                .filter(failure -> failure.code() != RunFailureCode.CANCELED_BY_USER)
                .map(RunFailure::message)
                .map(VisibleText::of)
                .orElse("");
    }

    private static String note(Run run, Optional<Integer> queuePosition, Messages messages) {
        if (run.status() == RunStatus.CANCELED) {
            return "";
        }
        if (run.failure().isPresent()) {
            return messages.text("failure." + run.failure().get().code().name());
        }
        if (run.isBeingCanceled()) {
            return messages.text("run.cancel.requested");
        }
        return queuePosition
                .map(position -> messages.text("runs.queued", position))
                .orElse("");
    }
}
