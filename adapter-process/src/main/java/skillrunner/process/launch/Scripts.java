package skillrunner.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The shell scripts in the jar. */
final class Scripts {
    private Scripts() {}

    static String read(String name) {
        try (InputStream script = Scripts.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a script is missing from the jar: " + name, e);
        }
    }
}
