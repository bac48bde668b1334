package skillrunner.workspace.terminal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.terminal.ScreenFile;
import skillrunner.files.FileTrees;

/** A file for its owner only. It is never brought to the disk on purpose: nobody wants it after a loss of power. */
final class ScreenInFile implements ScreenFile {
    private final Path file;
    private final FileChannel channel;

    /** Makes it in the place of whatever has its name. */
    ScreenInFile(Path file) {
        this.file = file;
        FileTrees.remove(file);
        try {
            this.channel = FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    @Override
    public void write(int at, byte[] bytes, int from, int length) {
        ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
        try {
            for (long place = at; left.hasRemaining(); ) {
                place += channel.write(left, place);
            }
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    @Override
    public byte[] read(int at, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (long) at + bytes.position()) < 0) {
                    throw new EOFException("somebody has shortened the file");
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        } finally {
            FileTrees.remove(file);
        }
    }
}
