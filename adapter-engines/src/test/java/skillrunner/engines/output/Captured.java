package skillrunner.engines.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Output captured from a real CLI; it lies beside the tests of its engine. */
public final class Captured {
    private Captured() {}

    /** Returns a captured stream, {@code ENGINE-NAME.STREAM.txt}; nothing if the CLI wrote nothing to it. */
    public static byte[] stream(String engine, String name, String stream) {
        String file = "/skillrunner/engines/" + engine + "/" + engine + "-" + name + "." + stream + ".txt";
        try (InputStream in = Captured.class.getResourceAsStream(file)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
