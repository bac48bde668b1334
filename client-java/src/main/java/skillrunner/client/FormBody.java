package skillrunner.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A form with files as it is sent: its length is known and memory holds none of the files. To be closed after the call. */
final class FormBody implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String boundary = boundary();
    private final List<Upload.Cleanup> cleanups = new ArrayList<>();
    private final List<BodyPublisher> pieces = new ArrayList<>();

    FormBody(Map<String, Object> parts) throws IOException {
        try {
            for (Map.Entry<String, Object> part : parts.entrySet()) {
                add(part.getKey(), part.getValue());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        pieces.add(text("--" + boundary + "--\r\n"));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() {
        return BodyPublishers.concat(pieces.toArray(BodyPublisher[]::new));
    }

    @Override
    public void close() throws IOException {
        for (Upload.Cleanup cleanup : cleanups) {
            cleanup.run();
        }
    }

    private void add(String name, Object value) throws IOException {
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"";
        if (value instanceof Upload upload) {
            Upload.Ready ready = upload.ready();
            cleanups.add(ready.cleanup());
            pieces.add(text(head + "; filename=\"" + name + ".zip\"\r\nContent-Type: application/zip\r\n\r\n"));
            pieces.add(ready.publisher());
        } else {
            pieces.add(text(head + "\r\n\r\n" + value));
        }
        pieces.add(text("\r\n"));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    private static String boundary() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return "skill-runner-" + HexFormat.of().formatHex(bytes);
    }
}
