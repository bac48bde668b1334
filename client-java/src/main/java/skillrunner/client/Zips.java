package skillrunner.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs what is sent. */
final class Zips {
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private Zips() {}

    static void ofFiles(Map<String, Path> files, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (!Files.isRegularFile(file.getValue())) {
                    throw new LocalFileException(file.getValue() + " is missing or no file");
                }
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(ALWAYS);
                zip.putNextEntry(entry);
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        }
    }

    /** The JDK's file system for archives keeps what may be executed, which its streams can't. */
    static void ofFolder(Path folder, Path target) throws IOException {
        Path top = folder.toRealPath();
        Path name = top.getFileName();
        if (name == null || !Files.isDirectory(top)) {
            throw new LocalFileException(folder + " is missing or no folder");
        }
        Files.delete(target);
        try (FileSystem zip =
                FileSystems.newFileSystem(target, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Files.walkFileTree(top, new Packing(top, zip.getPath("/" + name)));
        }
    }

    private static final class Packing extends SimpleFileVisitor<Path> {
        private static final FileTime MOMENT = FileTime.fromMillis(315_532_800_000L);

        private final Path from;
        private final Path to;

        Packing(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (isLeftOut(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(inZip(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (isLeftOut(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (!attributes.isRegularFile()) {
                throw new LocalFileException(
                        file + " is a link or something else that is no file; an archive takes none");
            }
            Path entry = inZip(file);
            Files.copy(file, entry);
            Files.setLastModifiedTime(entry, MOMENT);
            Files.setPosixFilePermissions(entry, Files.isExecutable(file) ? PROGRAM : PLAIN);
            return FileVisitResult.CONTINUE;
        }

        private static boolean isLeftOut(Path path) {
            return path.getFileName() != null && path.getFileName().toString().equals(".git");
        }

        private Path inZip(Path path) {
            return to.resolve(from.relativize(path).toString());
        }
    }
}
