package skillrunner.acceptance.followers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Keeps the bytes of a durable stream, those of an answer that was cut off as well. */
final class BytesTaken implements DurableFollower.Taking {
    private static final int PIECE = 4_096;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void body(InputStream body) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            taken.write(piece, 0, count);
        }
    }

    @Override
    public void event(String data) {
        taken.writeBytes(Base64.getDecoder().decode(data));
    }

    @Override
    public long offset() {
        return taken.size();
    }

    byte[] all() {
        return taken.toByteArray();
    }
}
