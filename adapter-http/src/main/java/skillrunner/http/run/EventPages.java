package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.run.RunId;

/** What happened to a run until now, page by page, so that a long one takes no more memory than a short one. Used by one thread. */
final class EventPages implements Enumeration<InputStream> {
    private static final int PAGE = 200;

    private final JournalReader journal;
    private final RunId run;
    private final Function<List<JournalEvent>, byte[]> form;
    private final long last;
    private long next = 1;

    /** Begins at the first event and ends with the one that is the last now. */
    EventPages(JournalReader journal, RunId run, Function<List<JournalEvent>, byte[]> form) {
        this.journal = Objects.requireNonNull(journal);
        this.run = Objects.requireNonNull(run);
        this.form = Objects.requireNonNull(form);
        this.last = journal.lastFcmp(run);
    }

    /** All of it behind some bytes. */
    InputStream behind(byte[] heading) {
        return new SequenceInputStream(new ByteArrayInputStream(heading), new SequenceInputStream(this));
    }

    @Override
    public boolean hasMoreElements() {
        return next <= last;
    }

    @Override
    public InputStream nextElement() {
        if (!hasMoreElements()) {
            throw new NoSuchElementException();
        }
        List<JournalEvent> events =
                journal.fcmp(run, new JournalQuery(next, last, Optional.empty(), Optional.empty(), PAGE));
        // What can't be read any more leaves nothing to go on with.
        next = events.isEmpty() ? last + 1 : events.get(events.size() - 1).seq() + 1;
        return new ByteArrayInputStream(form.apply(events));
    }
}
