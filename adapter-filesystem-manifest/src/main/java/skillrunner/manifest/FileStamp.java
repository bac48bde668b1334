package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** Tells whether a file is still the one that was read. */
record FileStamp(FileTime modified, long size) {
    private static final FileStamp ABSENT = new FileStamp(FileTime.fromMillis(0), -1);

    static FileStamp of(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }
}
