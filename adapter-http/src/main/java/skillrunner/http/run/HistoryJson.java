package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RequestId;
import tools.jackson.databind.util.RawValue;

/** What has happened to a run. Events are passed on as they are stored. */
final class HistoryJson {
    private HistoryJson() {}

    record Shown(
            RequestId requestId,
            int count,
            boolean truncated,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long nextSeq,
            List<RawValue> events) {
        static Shown of(RequestId request, ReadHistory.Page page) {
            return new Shown(
                    request,
                    page.events().size(),
                    page.next().isPresent(),
                    page.next().orElse(null),
                    raw(page.events()));
        }
    }

    record OfAttempt(
            RequestId requestId,
            JournalStream stream,
            int attempt,
            List<Integer> availableAttempts,
            int count,
            boolean truncated,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long nextSeq,
            List<RawValue> events) {
        static OfAttempt of(RequestId request, JournalStream stream, ReadHistory.OfAttempt found) {
            ReadHistory.Page page = found.page();
            return new OfAttempt(
                    request,
                    stream,
                    found.attempt(),
                    found.attempts(),
                    page.events().size(),
                    page.next().isPresent(),
                    page.next().orElse(null),
                    raw(page.events()));
        }
    }

    private static List<RawValue> raw(List<JournalEvent> events) {
        return events.stream().map(event -> new RawValue(event.json())).toList();
    }
}
