package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import skillrunner.application.run.admission.Uploads;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.file.Digests;
import skillrunner.workspace.zip.ZipIntake;

/** Uploads below {@code requests/<id>/uploads}. Safe for concurrent use on different requests. */
public final class FilesystemUploads implements Uploads {
    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(200, 200_000);

    private final RunLayout layout;
    private final ZipIntake intake;

    /**
     * Takes its collaborators.
     *
     * @param layout where uploads lie
     * @param intake unpacks archives
     */
    public FilesystemUploads(RunLayout layout, ZipIntake intake) {
        this.layout = Objects.requireNonNull(layout);
        this.intake = Objects.requireNonNull(intake);
    }

    @Override
    public List<String> store(RequestId request, InputStream archive) throws IOException {
        Path uploads = layout.requestUploads(request);
        Path staging = uploads.resolveSibling("staging");
        FileTrees.remove(staging);
        List<String> files;
        try {
            DurableFiles.createDirectories(layout.request(request));
            files = intake.unpack(archive, staging);
            // The client is told next that its files are kept.
            FileTrees.sync(staging);
        } catch (IOException | RuntimeException e) {
            FileTrees.remove(staging);
            deleteIfEmpty(layout.request(request));
            throw e;
        }
        FileTrees.remove(uploads);
        FileTrees.rename(staging, uploads);
        return files;
    }

    @Override
    public Map<String, FileDigest> digests(RequestId request) {
        Map<String, FileDigest> digests = new TreeMap<>();
        Optional<UntrustedFolder> opened =
                UntrustedFolder.open(layout.data(), "requests", request.value(), RunLayout.UPLOADS);
        if (opened.isPresent()) {
            try (UntrustedFolder uploads = opened.get()) {
                FolderListing listing = uploads.list(LIMITS, path -> true);
                if (!listing.complete()) {
                    throw new RefusedException(
                            ErrorCode.ARCHIVE_INVALID, "The uploaded files are too deep or too many");
                }
                for (FoundEntry file : listing.files()) {
                    try (FileChannel channel = uploads.file(file.path())
                            .orElseThrow(() -> new NoSuchFileException("an uploaded file of " + request))) {
                        digests.put(
                                file.path(), new FileDigest(Digests.sha256(channel, Long.MAX_VALUE), channel.size()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new LinkedHashMap<>(digests);
    }

    @Override
    public void discard(RequestId request) {
        FileTrees.remove(layout.request(request));
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(folder);
        }
    }
}
