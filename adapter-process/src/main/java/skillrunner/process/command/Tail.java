package skillrunner.process.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a file that may still grow. */
public final class Tail {
    private Tail() {}

    /**
     * Reads the end of a file. A first line says how much is left out, if anything is. Bytes that are no UTF-8 become
     * replacement characters.
     *
     * @param file the file
     * @param most how many bytes are read at most
     * @return the text; empty if the file can't be read
     */
    public static String of(Path file, int most) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long from = Math.max(0, size - most);
            ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // reads on until the buffer is full or the file has ended
            }
            buffer.flip();
            int cut = from == 0 ? 0 : brokenCharacter(buffer);
            String text = new String(buffer.array(), cut, buffer.limit() - cut, StandardCharsets.UTF_8);
            return from == 0 ? text : "[… " + (from + cut) + " bytes cut]\n" + text;
        } catch (IOException e) {
            return "";
        }
    }

    /** Counts the bytes at the beginning that continue a character whose first byte is left out. */
    private static int brokenCharacter(ByteBuffer buffer) {
        int cut = 0;
        while (cut < Math.min(3, buffer.limit()) && (buffer.get(cut) & 0xC0) == 0x80) {
            cut++;
        }
        return cut;
    }
}
