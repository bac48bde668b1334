package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** What an engine wrote, as the bytes it is. An offset is the number of bytes over all attempts. */
final class DurableOutput implements DurableSource {
    /** Most bytes of one answer. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    /** Most bytes of one piece of what is live. */
    private static final int PIECE_BYTES = 16 * 1024;

    private final ReadStretch read;
    private final OutputStreamKind stream;

    DurableOutput(ReadStretch read, OutputStreamKind stream) {
        this.read = Objects.requireNonNull(read);
        this.stream = Objects.requireNonNull(stream);
    }

    @Override
    public String contentType(StreamPlace place) {
        return place.isText() ? "text/plain; charset=utf-8" : "application/octet-stream";
    }

    @Override
    public Optional<String> encoding(StreamPlace place) {
        return text(place).encoding();
    }

    @Override
    public Optional<DurablePart> find(RunId run, long offset) {
        return read.find(run, stream, offset).map(DurableOutput::part);
    }

    @Override
    public Subscription watch(RunId run, Runnable wakeUp) {
        return read.watch(run, wakeUp);
    }

    @Override
    public StreamFeed feed(RunId run, long from, StreamPlace place, Runnable wakeUp) {
        StreamText text = text(place);
        return new DurableFeed(
                at -> read.find(run, stream, at).map(stretch -> piece(stretch, at, text)),
                read.watch(run, wakeUp),
                from,
                place);
    }

    private static DurablePart part(ReadStretch.Stretch stretch) {
        long to = Math.min(stretch.to(), stretch.from() + MAX_BYTES);
        boolean whole = to == stretch.to();
        long bytes = to - stretch.from();
        return new DurablePart(
                stretch.from(),
                to,
                whole && stretch.newest(),
                whole && stretch.closed(),
                bytes,
                () -> stretch.open(bytes));
    }

    private static DurableFeed.Piece piece(ReadStretch.Stretch stretch, long at, StreamText text) {
        byte[] bytes = bytes(stretch);
        boolean last = at + bytes.length >= stretch.to();
        // Nothing is appended to an attempt once another one, or the end, is there.
        int length = last && (stretch.closed() || !stretch.newest()) ? bytes.length : text.complete(bytes);
        long to = at + length;
        return new DurableFeed.Piece(
                length == 0 ? "" : text.lines(bytes, length),
                to,
                stretch.newest() && to >= stretch.to(),
                last && stretch.closed());
    }

    private static byte[] bytes(ReadStretch.Stretch stretch) {
        try (InputStream in = stretch.open(PIECE_BYTES)) {
            return in.readNBytes(PIECE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamText text(StreamPlace place) {
        return place.isText() ? StreamText.LINES : StreamText.BASE64;
    }
}
