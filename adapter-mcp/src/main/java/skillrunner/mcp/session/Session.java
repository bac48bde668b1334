package skillrunner.mcp.session;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** One client from its greeting to its leave: what it asked for, and the streams on which it is told. Safe for concurrent use. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** More requests at once are refused. */
    private static final int MOST_PENDING = 64;

    /** So many answers are kept that nobody came back for yet. */
    private static final int MOST_LEFT = 8;

    private final McpStreamableServerSession session;
    private final McpJsonMapper json;
    private final MessageBudget budget;
    private final LongSupplier nanos;
    private final Map<Object, Asked> pending = new ConcurrentHashMap<>();
    private final Map<Long, MessageStream> streams = new LinkedHashMap<>();
    private final MessageStream unasked;
    private final AskedOfClient asked = new AskedOfClient();
    private long lastStream;
    private volatile long usedNanos;
    private volatile boolean closed;

    Session(McpStreamableServerSession session, McpJsonMapper json, MessageBudget budget, LongSupplier nanos) {
        this.session = session;
        this.json = json;
        this.budget = budget;
        this.nanos = nanos;
        this.usedNanos = nanos.getAsLong();
        this.unasked = new MessageStream(0, budget);
        session.listeningStream(new StreamTransport(unasked, json, asked));
    }

    private record Asked(PendingRequest request, MessageStream stream, Disposable.Swap work) {}

    String id() {
        return session.getId();
    }

    void use() {
        usedNanos = nanos.getAsLong();
    }

    /** For how long nobody has used it; 0 while somebody listens or waits for an answer. */
    long idleNanos() {
        boolean busy;
        synchronized (this) {
            busy = !pending.isEmpty()
                    || unasked.isRead()
                    || streams.values().stream().anyMatch(MessageStream::isRead);
        }
        if (busy) {
            use();
            return 0;
        }
        return nanos.getAsLong() - usedNanos;
    }

    boolean isListening() {
        return unasked.isRead();
    }

    /** Says something unasked. */
    void tell(String message) {
        unasked.say(message, true);
    }

    /** What is said unasked. */
    MessageStream unasked() {
        return unasked;
    }

    /** A stream that a client comes back for. */
    synchronized Optional<MessageStream> stream(long number) {
        return number == 0 ? Optional.of(unasked) : Optional.ofNullable(streams.get(number));
    }

    /** Takes a request. @return the stream of its answer; empty if too many wait, or one of the same id does */
    Optional<MessageStream> ask(McpSchema.JSONRPCRequest request) {
        MessageStream stream = open();
        Asked asked = new Asked(new PendingRequest(), stream, reactor.core.Disposables.swap());
        if (closed || pending.size() >= MOST_PENDING || pending.putIfAbsent(request.id(), asked) != null) {
            forget(stream);
            return Optional.empty();
        }
        McpTransportContext context = McpTransportContext.create(Map.of(PendingRequest.KEY, asked.request()));
        asked.work()
                .update(session.responseStream(new StreamTransport(stream, json, this.asked))
                        .handle(request)
                        .contextWrite(known -> known.put(McpTransportContext.KEY, context))
                        .doFinally(how -> pending.remove(request.id(), asked))
                        .subscribe(
                                nothing -> {},
                                failure -> {
                                    LOG.warn("a request could not be answered: {}", failure.toString());
                                    stream.finish();
                                },
                                () -> {
                                    asked.request().answered();
                                    stream.finish();
                                }));
        if (closed) {
            end(asked, false);
        }
        return Optional.of(stream);
    }

    /** Takes an answer to what the server asked; one that comes too late changes nothing. @return false if nothing was asked under its id */
    boolean accept(McpSchema.JSONRPCResponse response) {
        boolean known = asked.answered(response.id());
        return done(session.accept(response)) || known;
    }

    /** Takes a note. */
    void accept(McpSchema.JSONRPCNotification note) {
        done(session.accept(note));
    }

    /** A client takes a request back; one that is answered already is none of its any more. */
    void cancel(Object request) {
        Asked asked = pending.remove(request);
        if (asked != null) {
            end(asked, true);
        }
    }

    /** Ends everything but what was begun for it. */
    void close() {
        closed = true;
        List<Asked> left = new ArrayList<>(pending.values());
        pending.clear();
        left.forEach(asked -> end(asked, false));
        unasked.abandon();
        synchronized (this) {
            streams.values().forEach(MessageStream::abandon);
            streams.clear();
        }
    }

    private void end(Asked asked, boolean canceled) {
        try {
            if (canceled) {
                asked.request().cancel();
            } else {
                asked.request().leave();
            }
        } catch (RuntimeException e) {
            LOG.warn("a request did not end cleanly: {}", e.toString());
        } finally {
            asked.work().dispose();
            asked.stream().abandon();
            forget(asked.stream());
        }
    }

    private synchronized MessageStream open() {
        int left = 0;
        for (MessageStream stream : streams.values()) {
            left += stream.isLeft() ? 1 : 0;
        }
        Iterator<MessageStream> oldest = streams.values().iterator();
        while (left > MOST_LEFT && oldest.hasNext()) {
            MessageStream stream = oldest.next();
            if (stream.isLeft()) {
                stream.abandon();
                oldest.remove();
                left--;
            }
        }
        MessageStream stream = new MessageStream(++lastStream, budget);
        streams.put(stream.number(), stream);
        return stream;
    }

    /** Nobody will come back for it. */
    synchronized void forget(MessageStream stream) {
        streams.remove(stream.number());
    }

    private static boolean done(Mono<Void> work) {
        try {
            work.block();
            return true;
        } catch (RuntimeException e) {
            LOG.debug("a message was not taken", e);
            return false;
        }
    }
}
