package skillrunner.process.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.files.DurableFiles;

/**
 * What a process is told that keeps running, in a folder of its own: each line is a file, named by its number. The shim hands
 * them over in order, each once, so that it does not matter when a server dies. It waits for the bell, a named pipe that it
 * holds open at both ends; it looks for the next file before it waits, so that a bell too many or one that nobody rang does no harm.
 */
final class SpokenLines {
    private static final String BELL = "bell";
    private static final String END = "end";

    private final Path folder;

    private SpokenLines(Path folder) {
        this.folder = folder;
    }

    static SpokenLines of(AttemptFiles files) {
        return new SpokenLines(Path.of(files.stdin() + ".lines"));
    }

    /** Where the shim looks for them. */
    String folder() {
        return folder.toString();
    }

    /** What is said before the process is started. */
    void prepare(String firstLine) {
        store("1", firstLine + "\n");
    }

    void say(int number, String line) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            store(String.valueOf(number), line + "\n");
            ring();
        }
    }

    boolean isSaid(int number) {
        return Files.exists(folder.resolve(String.valueOf(number)), LinkOption.NOFOLLOW_LINKS);
    }

    void end() {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            store(END, "");
            ring();
        }
    }

    private void store(String name, String content) {
        DurableFiles.create(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    /** Opened for reading as well, so that nobody waits for a shim that is gone. What is no pipe has been put there by somebody else. */
    private void ring() {
        Path bell = folder.resolve(BELL);
        try {
            if (Files.readAttributes(bell, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther()) {
                try (FileChannel pipe = FileChannel.open(bell, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    pipe.write(ByteBuffer.wrap(new byte[] {'\n'}));
                }
            }
        } catch (NoSuchFileException e) {
            // The process has ended, and its shim has put everything away.
            return;
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }
}
