package skillrunner.mcp.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server says in answer to one request, or unasked. Messages wait here until the client reads them, so whoever reads slowly holds
 * up nobody, and a client whose connection broke comes back for the rest. Of news that the next one makes old only the newest is kept, and
 * there is a limit to everything else. Safe for concurrent use.
 */
final class MessageStream {
    /** More than this is not kept for a client that does not read. */
    static final int MOST_MESSAGES = 200;

    /** So much that was sent is kept for a client whose connection broke before it arrived. */
    private static final int KEPT = 8;

    private static final byte[] RETRY = "retry: 3000\n".getBytes(StandardCharsets.UTF_8);

    /** A comment: some clients take anything else, such as a field without data, for an event. */
    private static final byte[] GREETING = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final long number;
    private final MessageBudget budget;
    private final Deque<Message> messages = new ArrayDeque<>();
    private long last;
    private boolean finished;
    private @Nullable Reader reader;

    MessageStream(long number, MessageBudget budget) {
        this.number = number;
        this.budget = Objects.requireNonNull(budget);
    }

    private record Message(long number, String json, boolean passing) {
        /** So much of the memory, about. */
        long weight() {
            return 2L * json.length() + 64;
        }
    }

    /** Where a stream is gone on with: behind one of its messages. */
    record Place(long stream, long message) {
        /** Reads the id of an event. */
        static Optional<Place> parse(String id) {
            int dash = id.indexOf('-');
            try {
                return dash < 0
                        ? Optional.empty()
                        : Optional.of(new Place(
                                Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1))));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    long number() {
        return number;
    }

    /**
     * Says something.
     *
     * @param passing whether the next such message makes it old, and nothing is lost without it
     */
    void say(String json, boolean passing) {
        Runnable wake;
        synchronized (this) {
            if (finished) {
                return;
            }
            Message message = new Message(++last, json, passing);
            Message newest = messages.peekLast();
            if (passing && newest != null && newest.passing()) {
                messages.removeLast();
                budget.give(newest.weight());
            }
            boolean room = messages.size() < MOST_MESSAGES && budget.take(message.weight());
            if (room) {
                messages.addLast(message);
            } else if (!passing) {
                // A gap would be worse: the run goes on, and what it comes to can be asked for.
                forget();
                finished = true;
            }
            wake = wake();
        }
        wake.run();
    }

    /** Says nothing more. */
    void finish() {
        Runnable wake;
        synchronized (this) {
            finished = true;
            wake = wake();
        }
        wake.run();
    }

    /** Ends the stream and forgets what was not read. */
    void abandon() {
        Runnable wake;
        synchronized (this) {
            forget();
            finished = true;
            wake = wake();
        }
        wake.run();
    }

    /** Whether nothing will be said any more, and nobody reads what was. */
    synchronized boolean isLeft() {
        return finished && reader == null;
    }

    synchronized boolean isRead() {
        return reader != null;
    }

    /** The only message of a finished stream; empty if there are more, or may be. Takes it out. */
    synchronized Optional<String> onlyMessage() {
        if (!finished || messages.size() != 1) {
            return Optional.empty();
        }
        Message only = messages.removeFirst();
        budget.give(only.weight());
        return Optional.of(only.json());
    }

    /** Reads on behind a message, 0 for the beginning; a connection that read so far is ended. */
    MessageFeed read(long behind, Runnable wakeUp) {
        Reader next = new Reader(behind, wakeUp);
        Runnable wake;
        synchronized (this) {
            wake = wake();
            reader = next;
        }
        wake.run();
        return next;
    }

    /** Lets go of what was sent long ago. */
    private void trim(long seen) {
        long sent =
                messages.stream().filter(message -> message.number() <= seen).count();
        for (long gone = sent - KEPT; gone > 0; gone--) {
            budget.give(messages.removeFirst().weight());
        }
    }

    private Runnable wake() {
        return reader == null ? () -> {} : reader.wakeUp;
    }

    private void forget() {
        messages.forEach(message -> budget.give(message.weight()));
        messages.clear();
    }

    /** One connection. */
    private final class Reader implements MessageFeed {
        private final Runnable wakeUp;
        private long seen;
        private boolean greeted;
        private boolean begun;

        private Reader(long behind, Runnable wakeUp) {
            this.seen = behind;
            this.wakeUp = wakeUp;
        }

        @Override
        public Optional<byte[]> next() {
            @Nullable Message found = null;
            synchronized (MessageStream.this) {
                if (reader != this) {
                    return Optional.empty();
                }
                for (Message message : messages) {
                    if (message.number() > seen) {
                        found = message;
                        seen = message.number();
                        break;
                    }
                }
                trim(seen);
                if (found == null && !begun && !greeted && !finished) {
                    // So that the client knows at once that it is heard: the head of an answer leaves with its first
                    // bytes.
                    greeted = true;
                    return Optional.of(GREETING.clone());
                }
            }
            return Optional.ofNullable(found).map(this::event);
        }

        private byte[] event(Message message) {
            byte[] event = ("id: " + number + "-" + message.number() + "\nevent: message\ndata: " + message.json()
                            + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            if (begun) {
                return event;
            }
            begun = true;
            byte[] first = new byte[RETRY.length + event.length];
            System.arraycopy(RETRY, 0, first, 0, RETRY.length);
            System.arraycopy(event, 0, first, RETRY.length, event.length);
            return first;
        }

        @Override
        public boolean finished() {
            synchronized (MessageStream.this) {
                boolean rest = messages.stream().anyMatch(message -> message.number() > seen);
                return reader != this || (finished && !rest);
            }
        }

        @Override
        public void close() {
            synchronized (MessageStream.this) {
                if (reader == this) {
                    reader = null;
                }
            }
        }
    }
}
