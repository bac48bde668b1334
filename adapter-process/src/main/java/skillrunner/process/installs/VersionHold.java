package skillrunner.process.installs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;
import skillrunner.files.UnfitFileException;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/**
 * The word of a server that a program is about to be started or runs.
 *
 * @param program the program, as it is started
 * @param real the same with all links followed
 * @param owner the server's process
 */
record VersionHold(Path program, Path real, ProcessIdentity owner) {
    private static final String PROGRAM = "program";
    private static final String REAL = "real";
    private static final String PID = "pid";
    private static final String STARTED = "started";
    private static final int MOST_BYTES = 64 << 10;

    /** Tells whether something lies below a folder that has to stay for this hold. */
    boolean needs(Path folder) {
        return program.startsWith(folder) || real.startsWith(folder);
    }

    /** Tells whether the word still counts: its server lives, or what it started does. */
    boolean counts(ProcessTable table, List<String> commandLines) {
        return table.isAlive(owner) || commandLines.stream().anyMatch(line -> line.contains(program.toString()));
    }

    /** Reads a hold. @return empty if it was never written to its end, or is gone */
    static Optional<VersionHold> read(Path file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(SmallFiles.readText(file, MOST_BYTES)));
            @Nullable String program = properties.getProperty(PROGRAM);
            @Nullable String real = properties.getProperty(REAL);
            @Nullable String pid = properties.getProperty(PID);
            @Nullable String started = properties.getProperty(STARTED);
            if (program == null || real == null || pid == null || started == null) {
                return Optional.empty();
            }
            return Optional.of(new VersionHold(
                    Path.of(program), Path.of(real), new ProcessIdentity(Long.parseLong(pid), started)));
        } catch (NoSuchFileException | UnfitFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the hold, in place of an earlier one of the same name. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(PROGRAM, program.toString());
        properties.setProperty(REAL, real.toString());
        properties.setProperty(PID, String.valueOf(owner.pid()));
        properties.setProperty(STARTED, owner.start());
        DurableFiles.createDirectoriesUnsynced(Objects.requireNonNull(file.getParent()));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        // The run it is for does not outlive a loss of power either.
        DurableFiles.replaceUnsynced(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
