package skillrunner.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
            environment.put(PASSWORD, take(Path.of("/dev/fd", descriptor)));
        } catch (IOException e) {
            throw new IllegalStateException("the launcher's password can't be read: " + e.getMessage(), e);
        }
        return Map.copyOf(environment);
    }

    /**
     * Reads what shells hand over on a descriptor. Some have no pipe for it but a nameless file, such as bash before 5.1; what
     * is in there could be read again for as long as this process lives, so it is emptied.
     */
    static String take(Path descriptor) throws IOException {
        String password = PasswordFile.read(descriptor);
        if (Files.isRegularFile(descriptor)
                && Integer.valueOf(0).equals(Files.getAttribute(descriptor, "unix:nlink"))) {
            Files.newOutputStream(descriptor, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
        return password;
    }
}
