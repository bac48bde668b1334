package skillrunner.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, as the WHATWG describes them. Lines and events have a limit. For one thread. */
final class ServerSentEvents {
    /** An event of ours has at most 8 KiB of output, or one record of an engine's words, which is cut at 1 MiB. */
    private static final int EVENT_CHARACTERS = 16 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int filled;
    private boolean afterReturn;

    ServerSentEvents(InputStream in) {
        this.in = in;
    }

    /** An event; its data may be empty. */
    record Event(String name, String data) {}

    /** Returns the next event, or null at the end of the stream; what is not closed by an empty line there counts for nothing. */
    @Nullable
    Event next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(name, data.toString());
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + (line.startsWith(" ", colon + 1) ? 2 : 1));
            if (field.equals("event")) {
                name = value;
            } else if (field.equals("data")) {
                data.append(any ? "\n" : "").append(value);
                any = true;
            }
            if (data.length() > EVENT_CHARACTERS) {
                throw new UnexpectedAnswerException(200, "an event has no end");
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = read();
            if (next < 0) {
                return null;
            }
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() > EVENT_CHARACTERS) {
                throw new UnexpectedAnswerException(200, "a line of an event has no end");
            }
            line.write(next);
        }
    }

    private int read() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(buffer));
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }
}
