package skillrunner.http.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** What an engine wrote, as the bytes it is. An offset is the number of bytes over all attempts. */
final class DurableOutput implements DurableSource {
    /** Most bytes of one answer. */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

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
        return new DurableOutputFeed(read, read.watch(run, wakeUp), run, stream, from, text(place), place);
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

    private static StreamText text(StreamPlace place) {
        return place.isText() ? StreamText.LINES : StreamText.BASE64;
    }
}
