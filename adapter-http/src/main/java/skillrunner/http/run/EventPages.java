package skillrunner.http.run;

import java.io.ByteArrayInputStream;
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
    private final Function<List<JournalEvent>, byte[]> form;
    private final long last;
    private long next = 1;
    private ByteArrayInputStream page;

    /** Begins with a heading and the first event, and ends with the event that is the last now. */
    EventPages(JournalReader journal, RunId run, byte[] heading, Function<List<JournalEvent>, byte[]> form) {
        this.journal = Objects.requireNonNull(journal);
        this.run = Objects.requireNonNull(run);
        this.form = Objects.requireNonNull(form);
        this.page = new ByteArrayInputStream(heading);
        this.last = journal.lastFcmp(run);
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : page.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        return isAtEnd() ? -1 : page.read(into, offset, length);
    }

    /** Turns pages until there is something to read. */
    private boolean isAtEnd() {
        while (page.available() == 0 && next <= last) {
            List<JournalEvent> events = journal.fcmp(
                    run, new JournalQuery(next, last, Optional.empty(), Optional.empty(), PAGE).upTo(ENOUGH));
            // What can't be read any more leaves nothing to go on with.
            next = events.isEmpty() ? last + 1 : events.get(events.size() - 1).seq() + 1;
            page = new ByteArrayInputStream(form.apply(events));
        }
        return page.available() == 0;
    }
}
