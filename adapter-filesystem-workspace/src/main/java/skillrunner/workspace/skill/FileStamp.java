package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file or folder is still what it was. Writing into a file in place changes its time; putting another file
 * in its place, as most editors and package tools do, changes its key even if the time is taken over.
 */
record FileStamp(FileTime modified, long size, @Nullable Object key) {
    /** Of what is not there or can't be looked at. */
    static final FileStamp ABSENT = new FileStamp(FileTime.fromMillis(0), -1, null);

    static FileStamp of(Path file, LinkOption... options) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, options);
            return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
