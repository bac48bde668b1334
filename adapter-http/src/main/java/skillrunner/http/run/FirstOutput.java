package skillrunner.http.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import skillrunner.application.run.output.RunOutput;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/**
 * What comes with the page of a run of its standard output, so that a person reads before the stream has begun: all of a short one, the
 * end of a long one. Whole lines, which cut no character in two.
 *
 * @param from offset of the first byte, over all attempts
 * @param to offset behind the last one, from which the stream goes on
 * @param chunk the text between them; what is no UTF-8 is replaced
 */
record FirstOutput(long from, long to, String chunk) {
    /** So much comes with the page, and so much of the end of a long one is loaded when a turn is chosen, in bytes. */
    static final int PART = 64 * 1024;

    /** Of more than this the page shows the end until somebody asks for the rest, in bytes. What is between is streamed from its beginning. */
    static final int LONG = 1024 * 1024;

    /** Reads it. @return empty if nothing of the output can come with the page */
    static Optional<FirstOutput> read(RunOutput output, RunId run) {
        long size = output.size(run, OutputStreamKind.STDOUT);
        if (size > PART && size <= LONG) {
            return Optional.empty();
        }
        long from = Math.max(0, size - PART);
        byte[] bytes = bytes(output, run, from, size);
        int begin = from == 0 ? 0 : afterFirstLine(bytes);
        int end = bytes.length;
        while (end > begin && bytes[end - 1] != '\n') {
            end--;
        }
        return end == begin
                ? Optional.empty()
                : Optional.of(new FirstOutput(
                        from + begin, from + end, new String(bytes, begin, end - begin, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(RunOutput output, RunId run, long from, long to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (from + bytes.size() < to) {
            long at = from + bytes.size();
            byte[] piece = output.read(run, OutputStreamKind.STDOUT, at, (int) (to - at))
                    .bytes();
            if (piece.length == 0) {
                break;
            }
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private static int afterFirstLine(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }
}
