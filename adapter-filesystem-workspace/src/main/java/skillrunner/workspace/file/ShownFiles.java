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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.SafePath;
import skillrunner.files.UntrustedFolder;

/** How files of skills and of runs are shown to people: which paths they may name, what they see of a folder and of a file. */
public final class ShownFiles {
    /** So much of a folder is shown at most. */
    public static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 20_000);

    private static final int SAMPLE_BYTES = 4_096;
    private static final double MAX_CONTROL_SHARE = 0.55;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Tried in this order; the first that takes every byte wins. */
    private static final List<Charset> ENCODINGS = Stream.of("UTF-8", "GB18030", "Big5")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    private ShownFiles() {}

    /**
     * Shows a folder. What can't be opened is a leaf as well: a person may see what is there.
     *
     * @param listing what was found in it
     * @return the entries
     */
    public static FileTree tree(FolderListing listing) {
        return new FileTree(
                listing.entries().stream()
                        .map(entry -> new FileEntry(
                                entry.path(), entry.name(), entry.kind() == EntryKind.FOLDER, entry.depth()))
                        .toList(),
                !listing.complete());
    }

    /**
     * Reads what a client names.
     *
     * @param folder the folder it looks into
     * @param path the file, as the client names it
     * @return its place by its text alone
     * @throws RefusedException with {@code PATH_INVALID} if the text names none below the folder
     */
    public static Path named(Path folder, String path) {
        if (path.isBlank()) {
            throw new RefusedException(ErrorCode.PATH_INVALID, "path is required");
        }
        return SafePath.below(folder, path)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PATH_INVALID, "path must be relative, without '..', and lie inside the folder"));
    }

    /**
     * Says why a file was not opened. Nothing is read by this path; it only tells the caller.
     *
     * @param folder the folder
     * @param named the place in it
     * @return the refusal
     */
    public static RefusedException refused(Path folder, Path named) {
        return Files.exists(named) && !SafePath.reallyBelow(folder, named)
                ? new RefusedException(ErrorCode.PATH_INVALID, "path leads out of the folder")
                : notFound();
    }

    /**
     * Says that there is no file to show.
     *
     * @return the refusal
     */
    public static RefusedException notFound() {
        return new RefusedException(ErrorCode.FILE_NOT_FOUND, "There is no such file");
    }

    /**
     * Shows a file.
     *
     * @param file the file, open at its beginning
     * @return the preview
     * @throws IOException if it can't be read
     */
    public static FilePreview preview(FileChannel file) throws IOException {
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
}
