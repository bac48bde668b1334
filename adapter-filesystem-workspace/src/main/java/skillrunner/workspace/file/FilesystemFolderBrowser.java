package skillrunner.workspace.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.NoAnswerException;
import skillrunner.files.PatientLooks;
import skillrunner.files.SafePath;
import skillrunner.files.UntrustedFolder;

/** Looks into folders of this machine; a location is a path. Keeps nothing. Safe for concurrent use. */
public final class FilesystemFolderBrowser implements FolderBrowser {
    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 20_000);
    private static final Duration PATIENCE_FOR_A_SIGN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SAMPLE_BYTES = 4_096;
    private static final double MAX_CONTROL_SHARE = 0.55;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Tried in this order; the first that takes every byte wins. */
    private static final List<Charset> ENCODINGS = Stream.of("UTF-8", "GB18030", "Big5")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    /** Makes a browser. */
    public FilesystemFolderBrowser() {}

    /** {@inheritDoc} What can't be opened is a leaf as well: a person may see what is there. */
    @Override
    public FileTree tree(String location) {
        return asked(location, () -> lookedAt(location));
    }

    private static FileTree lookedAt(String location) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(Path.of(location));
        if (opened.isEmpty()) {
            return new FileTree(List.of(), false);
        }
        try (UntrustedFolder folder = opened.get()) {
            FolderListing listing = folder.list(LIMITS, path -> true);
            return new FileTree(
                    listing.entries().stream()
                            .map(entry -> new FileEntry(
                                    entry.path(), entry.name(), entry.kind() == EntryKind.FOLDER, entry.depth()))
                            .toList(),
                    !listing.complete());
        }
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
        return asked(location, () -> {
            try (UntrustedFolder opened = UntrustedFolder.open(folder).orElseThrow(FilesystemFolderBrowser::notFound);
                    FileChannel file = opened.file(path).orElseThrow(() -> refused(folder, named))) {
                return read(file);
            }
        });
    }

    /** A skill may be linked into its place from a file system that never answers. */
    private static <T> T asked(String location, PatientLooks.Look<T> look) {
        Path folder = Path.of(location);
        try {
            PatientLooks.at(folder, PATIENCE_FOR_A_SIGN, () -> Files.exists(folder));
            return PatientLooks.at(folder, PATIENCE, look);
        } catch (NoAnswerException e) {
            throw new UnavailableException("the folder lies on a file system that does not answer", e);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /** Nothing is read by this path; it only tells the caller why nothing was. */
    private static RefusedException refused(Path folder, Path named) {
        return Files.exists(named) && !SafePath.reallyBelow(folder, named)
                ? new RefusedException(ErrorCode.PATH_INVALID, "path leads out of the folder")
                : notFound();
    }

    private static FilePreview read(FileChannel file) throws IOException {
        long size = file.size();
        if (size > FilePreview.MAX_BYTES) {
            return FilePreview.tooLarge(size);
        }
        // One more than fits: it may have grown meanwhile.
        byte[] bytes = Channels.newInputStream(file).readNBytes(FilePreview.MAX_BYTES + 1);
        if (bytes.length > FilePreview.MAX_BYTES) {
            return FilePreview.tooLarge(Math.max(size, bytes.length));
        }
        return looksBinary(bytes) ? FilePreview.binary(bytes.length) : decoded(bytes);
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
