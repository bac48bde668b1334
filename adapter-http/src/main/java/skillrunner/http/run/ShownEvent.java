package skillrunner.http.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RequestId;

/**
 * An event of those that a front end shows.
 *
 * @param type what it is
 * @param row its values
 */
record ShownEvent(FcmpType type, JournalRow row) {
    /** Reads an event. @return empty for one of a type that is not known here */
    static Optional<ShownEvent> of(JournalEvent event) {
        JournalRow row = JournalRow.of(JournalStream.FCMP, event);
        return FcmpType.of(row.type()).map(type -> new ShownEvent(type, row));
    }

    long seq() {
        return row.seq();
    }

    int attempt() {
        return row.attempt();
    }

    Instant at() {
        return row.at();
    }

    Map<?, ?> data() {
        return row.data();
    }

    String text(String member) {
        return row.text(member);
    }

    long number(String member) {
        return row.number(member);
    }

    String address(RequestId request) {
        return row.address(request);
    }
}
