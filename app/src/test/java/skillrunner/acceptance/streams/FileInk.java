package skillrunner.acceptance.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Bytes in a file of output. */
record FileInk(Path file) implements WrittenRun.Ink {
    @Override
    public boolean append(byte[] body) throws IOException {
        Files.write(file, body, StandardOpenOption.APPEND);
        return true;
    }

    @Override
    public String offset() throws IOException {
        return String.format(Locale.ROOT, "%018d", Files.size(file));
    }
}
