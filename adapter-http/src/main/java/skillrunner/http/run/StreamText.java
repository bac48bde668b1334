package skillrunner.http.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import skillrunner.application.run.output.Utf8Cut;

/** How bytes stand in the data of server-sent events, which are text. */
enum StreamText {
    /** Whatever they are, in Base64. */
    BASE64(Optional.of("base64")) {
        @Override
        int complete(byte[] bytes) {
            return bytes.length;
        }

        @Override
        String lines(byte[] bytes, int length) {
            byte[] told = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
            return "data:" + Base64.getEncoder().encodeToString(told) + "\n";
        }
    },
    /** As lines of UTF-8: what is none is replaced, and all ends of lines are alike. */
    LINES(Optional.empty()) {
        @Override
        int complete(byte[] bytes) {
            int length = bytes.length - Utf8Cut.incompleteTail(bytes);
            // What follows may be the other half of an end of line.
            return length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
        }

        @Override
        String lines(byte[] bytes, int length) {
            StringBuilder lines = new StringBuilder();
            for (String line : new String(bytes, 0, length, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
                // A reader takes one space away.
                lines.append(line.startsWith(" ") ? "data: " : "data:")
                        .append(line)
                        .append('\n');
            }
            return lines.toString();
        }
    };

    private final Optional<String> encoding;

    StreamText(Optional<String> encoding) {
        this.encoding = encoding;
    }

    /** What the answer says about it. */
    Optional<String> encoding() {
        return encoding;
    }

    /** How many of the bytes can be told before the next ones are known. */
    abstract int complete(byte[] bytes);

    /** The first of the bytes as the data of one event. */
    abstract String lines(byte[] bytes, int length);
}
