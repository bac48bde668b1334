package skillrunner.http.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;

/** What a front end shows of a run, as messages in JSON. An offset is the number of the last event that the client has. */
final class DurableEvents implements DurableSource {
    /** So many events are in one answer at most. */
    private static final int MOST = 500;

    /** So many events are in one piece of what is live at most. */
    private static final int PIECE = 64;

    private final ReadEvents read;

    DurableEvents(ReadEvents read) {
        this.read = Objects.requireNonNull(read);
    }

    @Override
    public String contentType(StreamPlace place) {
        if (place.isText()) {
            throw RefusedException.invalid("/format", "this stream is JSON");
        }
        return "application/json";
    }

    /** JSON is text. */
    @Override
    public Optional<String> encoding(StreamPlace place) {
        return Optional.empty();
    }

    @Override
    public Optional<DurablePart> find(RunId run, long offset) {
        return read.find(run, offset, MOST).map(DurableEvents::part);
    }

    @Override
    public Subscription watch(RunId run, Runnable wakeUp) {
        return read.watch(run, wakeUp);
    }

    @Override
    public StreamFeed feed(RunId run, long from, StreamPlace place, Runnable wakeUp) {
        return new DurableFeed(
                at -> read.find(run, at, PIECE).map(DurableEvents::piece), read.watch(run, wakeUp), from, place);
    }

    private static DurableFeed.Piece piece(ReadEvents.Stretch stretch) {
        EventArray array = new EventArray(stretch.events());
        if (array.isLong()) {
            return new DurableFeed.Piece(
                    "",
                    List.of(JoinedParts.text("data:"), array::open, JoinedParts.text("\n")),
                    stretch.to(),
                    stretch.newest(),
                    stretch.closed());
        }
        String data = stretch.events().isEmpty() ? "" : "data:" + array.text() + "\n";
        return new DurableFeed.Piece(data, stretch.to(), stretch.newest(), stretch.closed());
    }

    private static DurablePart part(ReadEvents.Stretch stretch) {
        EventArray array = new EventArray(stretch.events());
        return new DurablePart(
                stretch.from(), stretch.to(), stretch.newest(), stretch.closed(), array.bytes(), array::open);
    }
}
