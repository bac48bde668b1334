package skillrunner.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files of the server's own into memory, which somebody may have replaced by anything: a pipe is not waited for, and
 * what has no end does not fill the memory. Links are followed, for an operator may have put one there. What is swapped
 * between the look and the reading is not held; {@link UntrustedFolder} does that. Safe for concurrent use.
 */
public final class SmallFiles {
    private SmallFiles() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @param most how many bytes it may have
     * @return all its bytes
     * @throws NoSuchFileException if there is none
     * @throws UnfitFileException if it is no regular file or too long
     * @throws IOException if it could not be read
     */
    public static byte[] read(Path file, int most) throws IOException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new UnfitFileException(file, "it is longer than " + most + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Reads a text in UTF-8.
     *
     * @param file the file
     * @param most how many bytes it may have
     * @return the text
     * @throws NoSuchFileException if there is none
     * @throws UnfitFileException if it is no regular file, too long or no such text
     * @throws IOException if it could not be read
     */
    public static String readText(Path file, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(read(file, most));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new UnfitFileException(file, "it is no text in UTF-8");
        }
    }

    static void requireFile(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.isSymbolicLink(file)) {
                throw new UnfitFileException(file, "it is a link that leads to no file");
            }
            throw e;
        }
        if (!attributes.isRegularFile()) {
            throw new UnfitFileException(file, attributes.isDirectory() ? "it is a folder" : "it is no regular file");
        }
    }
}
