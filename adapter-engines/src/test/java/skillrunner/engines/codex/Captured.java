package skillrunner.engines.codex;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Output captured from the real CLI. */
final class Captured {
    private Captured() {}

    /** Returns a captured stream; nothing if the CLI wrote nothing to it. */
    static byte[] stream(String name, String stream) {
        try (InputStream in = Captured.class.getResourceAsStream("codex-" + name + "." + stream + ".txt")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
