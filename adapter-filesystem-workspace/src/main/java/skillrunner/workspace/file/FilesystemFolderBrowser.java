package skillrunner.workspace.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.SafePath;

/** Looks into folders of this machine; a location is a path. Keeps nothing. Safe for concurrent use. */
public final class FilesystemFolderBrowser implements FolderBrowser {
    private static final int MAX_ENTRIES = 20_000;
    private static final int MAX_DEPTH = 64;
    private static final int SAMPLE_BYTES = 4_096;
    private static final double MAX_CONTROL_SHARE = 0.55;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Tried in this order; the first that takes every byte wins. */
    private static final List<Charset> ENCODINGS = Stream.of("UTF-8", "GB18030", "Big5")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    private record Child(Path path, String name, boolean directory) {}

    /** Makes a browser. */
    public FilesystemFolderBrowser() {}

    @Override
    public FileTree tree(String location) {
        List<FileEntry> entries = new ArrayList<>();
        boolean complete = walk(Path.of(location), "", 0, entries);
        return new FileTree(entries, !complete);
    }

    @Override
    public FilePreview preview(String location, String path) {
        if (path.isBlank()) {
            throw new RefusedException(ErrorCode.PATH_INVALID, "path is required");
        }
        Path folder = Path.of(location);
        Path named = SafePath.below(folder, path)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PATH_INVALID, "path must be relative, without '..', and lie inside the folder"));
        Path file;
        try {
            file = named.toRealPath();
            if (!file.startsWith(folder.toRealPath())) {
                throw new RefusedException(ErrorCode.PATH_INVALID, "path leads out of the folder");
            }
        } catch (IOException e) {
            throw notFound();
        }
        // Anything else that can be opened, such as a pipe, might never end.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw notFound();
        }
        return read(file);
    }

    /** Adds what a folder holds. @return false if there was more than fits */
    private static boolean walk(Path folder, String prefix, int depth, List<FileEntry> entries) {
        for (Child child : children(folder)) {
            if (entries.size() >= MAX_ENTRIES) {
                return false;
            }
            String path = prefix + child.name();
            entries.add(new FileEntry(path, child.name(), child.directory(), depth));
            if (child.directory() && (depth >= MAX_DEPTH || !walk(child.path(), path + "/", depth + 1, entries))) {
                return false;
            }
        }
        return true;
    }

    private static List<Child> children(Path folder) {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path path : found) {
                children.add(new Child(
                        path, path.getFileName().toString(), Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It went while somebody looked.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        children.sort(Comparator.comparing((Child child) -> !child.directory())
                .thenComparing(child -> child.name().toLowerCase(Locale.ROOT))
                .thenComparing(Child::name));
        return children;
    }

    private static FilePreview read(Path file) {
        try {
            long size = Files.size(file);
            if (size > FilePreview.MAX_BYTES) {
                return FilePreview.tooLarge(size);
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                // One more than fits: it may have grown meanwhile.
                bytes = in.readNBytes(FilePreview.MAX_BYTES + 1);
            }
            if (bytes.length > FilePreview.MAX_BYTES) {
                return FilePreview.tooLarge(Math.max(size, bytes.length));
            }
            return looksBinary(bytes) ? FilePreview.binary(bytes.length) : decoded(bytes);
        } catch (NoSuchFileException e) {
            throw notFound();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FilePreview decoded(byte[] bytes) {
        for (Charset encoding : ENCODINGS) {
            Optional<String> text = decoded(bytes, encoding);
            if (text.isPresent()) {
                String content = text.get();
                return FilePreview.text(
                        content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content,
                        bytes.length,
                        encoding.name().toLowerCase(Locale.ROOT));
            }
        }
        return FilePreview.binary(bytes.length);
    }

    private static Optional<String> decoded(byte[] bytes, Charset encoding) {
        try {
            return Optional.of(encoding.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean looksBinary(byte[] bytes) {
        int sample = Math.min(bytes.length, SAMPLE_BYTES);
        int controls = 0;
        for (int i = 0; i < sample; i++) {
            int b = bytes[i] & 0xff;
            if (b == 0) {
                return true;
            }
            if (b < '\t' || (b > '\r' && b < ' ') || b == 0x7f) {
                controls++;
            }
        }
        return controls > MAX_CONTROL_SHARE * sample;
    }

    private static RefusedException notFound() {
        return new RefusedException(ErrorCode.FILE_NOT_FOUND, "There is no such file");
    }
}
