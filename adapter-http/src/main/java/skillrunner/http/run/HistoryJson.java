package skillrunner.http.run;

import java.io.InputStream;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RequestId;
import skillrunner.http.load.JsonPieces;

/** What has happened to a run. Events are passed on as they are stored, and a long one is not held for that. */
final class HistoryJson {
    private HistoryJson() {}

    static InputStream shown(RequestId request, ReadHistory.Page page) {
        return events(new JsonPieces().member("request_id", request), page);
    }

    static InputStream ofAttempt(RequestId request, JournalStream stream, ReadHistory.OfAttempt found) {
        return events(
                new JsonPieces()
                        .member("request_id", request)
                        .member("stream", stream)
                        .member("attempt", found.attempt())
                        .member("available_attempts", found.attempts()),
                found.page());
    }

    private static InputStream events(JsonPieces json, ReadHistory.Page page) {
        json.member("count", page.events().size())
                .member("truncated", page.next().isPresent());
        page.next().ifPresent(next -> json.member("next_seq", next));
        return json.json("events", new EventArray(page.events()).open()).stream();
    }
}
