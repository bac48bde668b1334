package skillrunner.http.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import skillrunner.application.run.Subscription;

/** One client of a durable stream: each piece as a data event, and after it a control event from which it can go on. */
final class DurableFeed implements StreamFeed {
    private static final String DATA = "event: data\n";

    private final LongFunction<Optional<Piece>> pieces;
    private final Subscription watch;
    private final StreamPlace place;
    private final JoinedParts underWay = new JoinedParts();
    private long at;
    private boolean toldPlace;
    private boolean backlog = true;
    private boolean finished;

    /**
     * What is told at once.
     *
     * @param data lines of an event's data, each with its end; empty if there is nothing to tell now, or it is too long for that
     * @param parts the same where it is too long
     * @param to offset behind it
     * @param upToDate whether nothing lies behind {@code to} now
     * @param closed whether nothing will ever lie behind {@code to}
     */
    record Piece(String data, List<JoinedParts.Opening> parts, long to, boolean upToDate, boolean closed) {
        Piece {
            Objects.requireNonNull(data);
            parts = List.copyOf(parts);
        }

        Piece(String data, long to, boolean upToDate, boolean closed) {
            this(data, List.of(), to, upToDate, closed);
        }

        boolean isEmpty() {
            return data.isEmpty() && parts.isEmpty();
        }
    }

    /**
     * Begins.
     *
     * @param pieces finds what lies at an offset; empty if the run was removed
     * @param watch ended with the feed
     * @param from the first offset
     * @param place how the client reads
     */
    DurableFeed(LongFunction<Optional<Piece>> pieces, Subscription watch, long from, StreamPlace place) {
        this.pieces = Objects.requireNonNull(pieces);
        this.watch = Objects.requireNonNull(watch);
        this.at = from;
        this.place = Objects.requireNonNull(place);
    }

    @Override
    public Optional<byte[]> next() {
        Optional<byte[]> begun = underWay.next();
        if (begun.isPresent() || finished) {
            return begun;
        }
        Optional<Piece> found = pieces.apply(at);
        if (found.isEmpty()) {
            finished = true;
            return Optional.empty();
        }
        Piece piece = found.get();
        backlog = !piece.upToDate();
        if (piece.isEmpty() && toldPlace && !piece.closed()) {
            return Optional.empty();
        }
        at = piece.to();
        toldPlace = true;
        finished = piece.closed();
        String control = place.control(at, piece.upToDate(), finished);
        if (!piece.parts().isEmpty()) {
            underWay.then(DATA);
            piece.parts().forEach(underWay::then);
            underWay.then("\n" + control);
            return underWay.next();
        }
        String data = piece.data().isEmpty() ? "" : DATA + piece.data() + "\n";
        return Optional.of((data + control).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean hasBacklog() {
        return !underWay.isDone() || (backlog && !finished);
    }

    @Override
    public boolean finished() {
        return finished && underWay.isDone();
    }

    @Override
    public byte[] heartbeat(Instant now) {
        return StreamPlace.stillHere();
    }

    @Override
    public void close() {
        try (underWay) {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
