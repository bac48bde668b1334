package skillrunner.engines.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import tools.jackson.databind.JsonNode;

/**
 * Finds JSON objects that go over several lines among other lines. One begins with a brace at the very beginning of a line;
 * as it is printed with indentation, another line that begins so begins another one. What turns out to be none, at the
 * latest where the output ends, is handed out line by line. Holds one object. Not safe for concurrent use.
 */
public final class JsonDocuments implements StreamReader {
    /** An object of more bytes is none. */
    private static final int LARGEST = OutputCandidates.MOST_CHARACTERS + OutputLines.MAX_LINE;

    /** Takes what is found. What it says of a line must depend on the line alone. */
    public interface Sink extends OutputLines.Sink {
        /**
         * Takes an object of several lines.
         *
         * @param document the object
         * @param at its range
         * @return false if it is not one that matters, so that its lines are handed out
         */
        boolean document(JsonNode document, OutputRange at);
    }

    private final OutputStreamKind stream;
    private final Sink sink;
    private final OutputLines lines;
    private @Nullable Candidate open;

    /** The lines of what may be an object; whatever ended them, a line feed stands for it. */
    private static final class Candidate {
        private final long from;
        private final JsonDepth depth = new JsonDepth();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Candidate(long from) {
            this.from = from;
        }

        boolean hasRoomTo(long to) {
            return to - from <= LARGEST;
        }

        JsonDepth.Standing take(byte[] line, int offset, int length, OutputRange at) {
            padTo(at.from());
            bytes.write(line, offset, length);
            padTo(at.to());
            return depth.follow(line, offset, length);
        }

        private void padTo(long place) {
            while (from + bytes.size() < place) {
                bytes.write('\n');
            }
        }
    }

    public JsonDocuments(OutputStreamKind stream, long from, Sink sink) {
        this.stream = Objects.requireNonNull(stream);
        this.sink = Objects.requireNonNull(sink);
        this.lines = new OutputLines(stream, from, new Cut());
    }

    @Override
    public void feed(byte[] bytes, int length) {
        lines.feed(bytes, length);
    }

    @Override
    public void finish() {
        lines.finish();
        giveUp();
    }

    @Override
    public long position() {
        return open == null ? lines.position() : open.from;
    }

    private final class Cut implements OutputLines.Sink {
        @Override
        public void line(byte[] bytes, int offset, int length, OutputRange at) {
            if (bytes[offset] == '{' || (open != null && !open.hasRoomTo(at.to()))) {
                giveUp();
            }
            if (open == null && bytes[offset] == '{' && !endsLikeObject(bytes, offset, length)) {
                open = new Candidate(at.from());
            }
            if (open == null) {
                handOut(bytes, offset, length, at);
            } else {
                follow(open, bytes, offset, length, at);
            }
        }

        @Override
        public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
            return open != null || sink.mayHoldAnswer(bytes, offset, length);
        }

        @Override
        public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
            giveUp();
            sink.beginningOfLongLine(bytes, offset, length, at);
        }
    }

    private void follow(Candidate candidate, byte[] bytes, int offset, int length, OutputRange at) {
        switch (candidate.take(bytes, offset, length, at)) {
            case OPEN -> {}
            case BROKEN -> giveUp();
            case CLOSED -> {
                Optional<JsonNode> read = JsonLine.read(candidate.bytes.toString(StandardCharsets.UTF_8));
                if (read.isPresent() && sink.document(read.get(), new OutputRange(stream, candidate.from, at.to()))) {
                    open = null;
                } else {
                    giveUp();
                }
            }
        }
    }

    /** Hands out the lines of what turned out to be no object. */
    private void giveUp() {
        if (open != null) {
            Candidate candidate = open;
            open = null;
            byte[] bytes = candidate.bytes.toByteArray();
            OutputLines again = new OutputLines(stream, candidate.from, sink);
            again.feed(bytes, bytes.length);
            again.finish();
        }
    }

    /** A line that was kept only because it might belong to an object may be too long for itself. */
    private void handOut(byte[] bytes, int offset, int length, OutputRange at) {
        if (length <= OutputLines.MAX_LINE || sink.mayHoldAnswer(bytes, offset, OutputLines.MAX_LINE)) {
            sink.line(bytes, offset, length, at);
        } else {
            sink.beginningOfLongLine(bytes, offset, OutputLines.MAX_LINE, at);
        }
    }

    private static boolean endsLikeObject(byte[] bytes, int offset, int length) {
        int last = offset + length - 1;
        while (bytes[last] == ' ' || bytes[last] == '\t') {
            last--;
        }
        return last > offset && bytes[last] == '}';
    }
}
