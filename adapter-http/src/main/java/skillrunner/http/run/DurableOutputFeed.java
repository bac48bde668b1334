package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** One client of a stream: each piece of output as a data event, and after it a control event from which it can go on. */
final class DurableOutputFeed implements StreamFeed {
    private static final int PIECE_BYTES = 16 * 1024;

    private final ReadStretch read;
    private final Subscription watch;
    private final RunId run;
    private final OutputStreamKind stream;
    private final StreamText text;
    private final StreamPlace place;
    private long at;
    private boolean toldPlace;
    private boolean finished;

    DurableOutputFeed(
            ReadStretch read,
            Subscription watch,
            RunId run,
            OutputStreamKind stream,
            long from,
            StreamText text,
            StreamPlace place) {
        this.read = read;
        this.watch = watch;
        this.run = run;
        this.stream = stream;
        this.at = from;
        this.text = text;
        this.place = place;
    }

    @Override
    public Optional<byte[]> next() {
        if (finished) {
            return Optional.empty();
        }
        Optional<ReadStretch.Stretch> found = read.find(run, stream, at);
        if (found.isEmpty()) {
            finished = true;
            return Optional.empty();
        }
        ReadStretch.Stretch stretch = found.get();
        byte[] bytes = bytes(stretch);
        boolean last = at + bytes.length >= stretch.to();
        // Nothing is appended to an attempt once another one, or the end, is there.
        int length = last && (stretch.closed() || !stretch.newest()) ? bytes.length : text.complete(bytes);
        boolean closed = last && stretch.closed();
        if (length == 0 && toldPlace && !closed) {
            return Optional.empty();
        }
        at += length;
        toldPlace = true;
        finished = closed;
        String data = length == 0 ? "" : "event: data\n" + text.lines(bytes, length) + "\n";
        return Optional.of((data + place.control(at, stretch.newest() && at >= stretch.to(), closed))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public byte[] heartbeat(Instant now) {
        return StreamPlace.stillHere();
    }

    @Override
    public void close() {
        watch.close();
    }

    private byte[] bytes(ReadStretch.Stretch stretch) {
        try (InputStream in = stretch.open(PIECE_BYTES)) {
            return in.readNBytes(PIECE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
