package skillrunner.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who a client says it is. Sent to the server of the client only, and never to where it redirects.
 *
 * @param user the name; without a colon
 * @param password what proves it
 */
public record Credentials(String user, String password) {
    /** The variable with the name. */
    public static final String USERNAME = "SKILL_RUNNER_USERNAME";

    /** The variable with the password. */
    public static final String PASSWORD = "SKILL_RUNNER_PASSWORD";

    /** The variable with the path of a file that holds the password in its first line and that its owner alone may read. */
    public static final String PASSWORD_FILE = "SKILL_RUNNER_PASSWORD_FILE";

    /** The variable with the path of a file that holds {@code name:password} in its first line and that its owner alone may read. */
    public static final String FILE = "SKILL_RUNNER_CREDENTIALS_FILE";

    private static final int FILE_BYTES = 4096;
    private static final Set<PosixFilePermission> OF_THE_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    public Credentials {
        Objects.requireNonNull(password);
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name is not empty and has no colon");
        }
    }

    /**
     * Reads them from variables. A name wins over the file with both, a password over the file with it.
     *
     * @param environment the variables
     * @return the credentials, empty if no variable speaks of any
     * @throws IOException if the file can't be read, holds something else, or others may read it
     */
    public static Optional<Credentials> from(Map<String, String> environment) throws IOException {
        String user = environment.getOrDefault(USERNAME, "");
        if (!user.isEmpty()) {
            return Optional.of(new Credentials(user, password(environment)));
        }
        String file = environment.getOrDefault(FILE, "");
        return file.isEmpty() ? Optional.empty() : Optional.of(read(path(FILE, file)));
    }

    private static String password(Map<String, String> environment) throws IOException {
        String password = environment.getOrDefault(PASSWORD, "");
        String file = environment.getOrDefault(PASSWORD_FILE, "");
        return password.isEmpty() && !file.isEmpty() ? firstLine(path(PASSWORD_FILE, file)) : password;
    }

    private static Path path(String variable, String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException(variable + " is no path", e);
        }
    }

    private static Credentials read(Path file) throws IOException {
        String line = firstLine(file);
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IOException("the first line of " + file + " is not name:password");
        }
        try {
            return new Credentials(line.substring(0, colon), line.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new IOException("the first line of " + file + " is not name:password", e);
        }
    }

    private static String firstLine(Path file) throws IOException {
        // A pipe or a device would never end.
        if (!Files.isRegularFile(file)) {
            throw new IOException("the file " + file + " with the credentials is missing or no file");
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && !OF_THE_OWNER.containsAll(posix.readAttributes().permissions())) {
            throw new IOException("others may read " + file + "; chmod 600 it");
        }
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(FILE_BYTES), StandardCharsets.UTF_8);
        }
        return text.lines().findFirst().orElse("");
    }

    /** The header that says so. */
    String authorization() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Does not tell the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
