package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.Run;

/** Takes what one attempt says. What can't be written is given up, and told when the output is read again. Used by one thread at a time. */
public final class AttemptJournal implements Consumer<EngineEvent> {
    /** So many events are held at most until they are written. */
    private static final int MOST_HELD = 2_000;

    /** So much text of messages and raw output. */
    private static final long MOST_CHARACTERS = 1L << 20;

    private final KeepJournal journal;
    private final Run run;
    private final List<EngineEvent> held = new ArrayList<>();
    private long characters;
    private boolean complete;

    AttemptJournal(KeepJournal journal, Run run) {
        this.journal = journal;
        this.run = run;
    }

    /** The output will be told again from its beginning. */
    public void startAgain() {
        held.clear();
        characters = 0;
        complete = journal.startAgain(run);
    }

    @Override
    public void accept(EngineEvent event) {
        if (Thread.currentThread().isInterrupted()) {
            // Whoever reads was told to stop, and what its reader tells last may be half a line.
            complete = false;
        }
        if (!complete) {
            return;
        }
        held.add(event);
        characters += size(event);
        if (held.size() >= MOST_HELD || characters >= MOST_CHARACTERS) {
            write();
        }
    }

    /** Writes what is held. */
    public void write() {
        if (complete && !held.isEmpty()) {
            complete = journal.tell(run, held);
        }
        held.clear();
        characters = 0;
    }

    /**
     * Writes what is held, after the last event.
     *
     * @return whether everything since the output was begun is written
     */
    public boolean finish() {
        write();
        complete = complete && journal.finish(run);
        return complete;
    }

    private static long size(EngineEvent event) {
        if (event instanceof EngineEvent.Message message) {
            return message.text().map(String::length).orElse(0);
        }
        if (event instanceof EngineEvent.Aside aside) {
            return aside.text().length();
        }
        return event instanceof EngineEvent.Raw raw ? raw.text().length() : 0;
    }
}
