package skillrunner.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import skillrunner.app.settings.PasswordFile;

/**
 * The variables of this process, together with the password that the launcher hands over on a descriptor: the variables a
 * process was started with can be read by every other process of its user, such as an agent, for as long as it lives.
 */
final class LaunchEnvironment {
    private static final String DESCRIPTOR = "skillrunner.password.descriptor";
    private static final String PASSWORD = "UI_BASIC_AUTH_PASSWORD";

    private LaunchEnvironment() {}

    /** To be called once; a descriptor can't be read again. */
    static Map<String, String> read() {
        String descriptor = System.getProperty(DESCRIPTOR, "");
        if (descriptor.isEmpty()) {
            return System.getenv();
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        try {
            environment.put(PASSWORD, PasswordFile.read(Path.of("/dev/fd", descriptor)));
        } catch (IOException e) {
            throw new IllegalStateException("the launcher's password can't be read: " + e.getMessage(), e);
        }
        return Map.copyOf(environment);
    }
}
