package skillrunner.app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import skillrunner.files.NoAnswerException;
import skillrunner.files.PatientLooks;

/** A file that holds a password and nothing else. No message ever holds what is in it. */
public final class PasswordFile {
    private static final int LONGEST = 64 * 1024;

    /** A pipe whose writer never comes would keep the start waiting for ever, without a word. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PasswordFile() {}

    /**
     * Reads the password. One line break at the end does not belong to it, for editors and {@code echo} add it.
     *
     * @param file a file, or a descriptor below {@code /dev/fd}, of which everything is taken
     * @return the password; what is not UTF-8 becomes replacement characters
     * @throws IOException with a sentence for people if it can't be read
     */
    public static String read(Path file) throws IOException {
        return read(file, PATIENCE);
    }

    static String read(Path file, Duration patience) throws IOException {
        byte[] bytes;
        try {
            bytes = PatientLooks.at(file, patience, () -> {
                try (InputStream content = Files.newInputStream(file)) {
                    return content.readNBytes(LONGEST + 1);
                }
            });
        } catch (NoAnswerException e) {
            throw new IOException("nobody writes the password into it within " + patience.toSeconds() + " seconds", e);
        } catch (IOException e) {
            throw new IOException(Files.exists(file) ? "the file can't be read" : "there is no such file", e);
        }
        if (bytes.length > LONGEST) {
            throw new IOException("the file is too long for a password");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
