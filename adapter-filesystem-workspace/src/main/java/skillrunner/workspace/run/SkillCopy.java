package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.files.UntrustedFolder;

/**
 * Copies a skill into a workspace: regular files only, without {@code .git}; the owner may execute what the owner may
 * execute. Each folder of the copy is held while it is filled, so that nobody in the workspace can lead it elsewhere.
 */
final class SkillCopy extends SimpleFileVisitor<Path> {
    private final Path source;
    private final UntrustedFolder copy;
    private final Deque<UntrustedFolder> made = new ArrayDeque<>();

    private SkillCopy(Path source, UntrustedFolder copy) {
        this.source = source;
        this.copy = copy;
    }

    static void copy(Path source, UntrustedFolder copy) throws IOException {
        SkillCopy visitor = new SkillCopy(source, copy);
        try {
            Files.walkFileTree(source, visitor);
        } finally {
            visitor.made.forEach(UntrustedFolder::close);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        String name = folder.getFileName().toString();
        if (name.equals(".git")) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!folder.equals(source)) {
            made.push(current().makeFolder(List.of(name)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                current().copy(file.getFileName().toString(), content, Files.isExecutable(file));
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
        if (e != null) {
            throw e;
        }
        if (!folder.equals(source)) {
            made.pop().close();
        }
        return FileVisitResult.CONTINUE;
    }

    private UntrustedFolder current() {
        return made.isEmpty() ? copy : made.peek();
    }
}
