package skillrunner.workspace.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Events as lines, made when they are taken, so that nothing but bytes is held of them. Used by one thread. */
final class WrittenLines {
    private static final int FIRST_BYTES = 16 * 1024;

    private final Bytes bytes = new Bytes();
    private final JsonGenerator json;

    /** Is read without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(FIRST_BYTES);
        }

        synchronized void to(FileChannel channel) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(buf, 0, count);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    WrittenLines(JsonMapper mapper) {
        json = mapper.writer().withRootValueSeparator("\n").createGenerator(bytes);
    }

    /** Takes an event. */
    void add(Map<String, Object> row) {
        object(row);
    }

    /** About how many bytes there are. */
    long size() {
        return (long) bytes.size() + json.streamWriteOutputBuffered();
    }

    /** Writes all lines, of which there is one at least. To be called once. */
    void writeTo(FileChannel channel) throws IOException {
        json.writeRaw('\n');
        json.close();
        bytes.to(channel);
    }

    private void object(Map<?, ?> members) {
        json.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            json.writeName((String) member.getKey());
            value(member.getValue());
        }
        json.writeEndObject();
    }

    private void value(@Nullable Object value) {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Integer number) {
            json.writeNumber(number.intValue());
        } else if (value instanceof Double number) {
            json.writeNumber(number.doubleValue());
        } else if (value instanceof Map<?, ?> members) {
            object(members);
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            items.forEach(this::value);
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }
}
