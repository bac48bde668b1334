package skillrunner.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** For systems where a folder can't be held by a handle. Does not follow links, but can be led astray by a swap. */
final class PortableTreeRemoval extends SimpleFileVisitor<Path> {
    private @Nullable IOException first;

    private PortableTreeRemoval() {}

    static void remove(Path tree) throws IOException {
        PortableTreeRemoval removal = new PortableTreeRemoval();
        Files.walkFileTree(tree, removal);
        if (removal.first != null) {
            throw removal.first;
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return delete(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
        return delete(folder);
    }

    private FileVisitResult delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            if (first == null) {
                first = e;
            }
        }
        return FileVisitResult.CONTINUE;
    }
}
