package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.run.RunId;

/**
 * What happened to a run until now as bytes, read page by page, so that a long one takes no more memory than a short one. Used by one
 * thread.
 */
final class EventPages extends InputStream {
    private static final int PAGE = 200;

    /** So many characters are held at once, and one event more. */
    private static final long ENOUGH = 1 << 20;

    private final JournalReader journal;
    private final RunId run;
    private final Function<List<JournalEvent>, JoinedParts> form;
    private final long last;
    private long next = 1;
    private JoinedParts page;

    /** Begins with a heading and the first event, and ends with the event that is the last now. */
    EventPages(JournalReader journal, RunId run, JoinedParts heading, Function<List<JournalEvent>, JoinedParts> form) {
        this.journal = Objects.requireNonNull(journal);
        this.run = Objects.requireNonNull(run);
        this.form = Objects.requireNonNull(form);
        this.page = heading;
        this.last = journal.lastFcmp(run);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = page.read(into, offset, length);
        while (count < 0 && next <= last) {
            turn();
            count = page.read(into, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        page.close();
    }

    private void turn() {
        List<JournalEvent> events =
                journal.fcmp(run, new JournalQuery(next, last, Optional.empty(), Optional.empty(), PAGE).upTo(ENOUGH));
        // What can't be read any more leaves nothing to go on with.
        next = events.isEmpty() ? last + 1 : events.get(events.size() - 1).seq() + 1;
        page = form.apply(events);
    }
}
