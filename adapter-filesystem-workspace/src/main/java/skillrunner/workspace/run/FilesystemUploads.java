package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.file.Digests;
import skillrunner.workspace.zip.BrokenOffException;
import skillrunner.workspace.zip.ZipIntake;

/** Uploads below {@code requests/<id>/uploads}. Safe for concurrent use on different requests. */
public final class FilesystemUploads implements Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemUploads.class);

    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(200, 200_000);

    private final RunLayout layout;
    private final ZipIntake intake;

    public FilesystemUploads(RunLayout layout, ZipIntake intake) {
        this.layout = Objects.requireNonNull(layout);
        this.intake = Objects.requireNonNull(intake);
    }

    @Override
    public List<String> store(RequestId request, InputStream archive) throws IOException {
        Path uploads = layout.requestUploads(request);
        Path staging = uploads.resolveSibling("staging");
        FileTrees.remove(staging);
        try {
            DurableFiles.createDirectories(layout.request(request));
            List<String> files = intake.unpack(archive, staging);
            // The client is told next that its files are kept.
            FileTrees.sync(staging);
            FileTrees.remove(uploads);
            FileTrees.rename(staging, uploads);
            return files;
        } catch (BrokenOffException | RuntimeException e) {
            withdraw(request, staging);
            throw e;
        } catch (IOException e) {
            RuntimeException explained = DiskFaults.explained(e, staging);
            withdraw(request, staging);
            throw explained;
        }
    }

    /** What can't be removed either does not hide why. */
    private void withdraw(RequestId request, Path staging) {
        try {
            FileTrees.remove(staging);
            deleteIfEmpty(layout.request(request));
        } catch (IOException | StorageFaultException e) {
            LOG.warn("request {}: what was uploaded in part could not be removed: {}", request, e.toString());
        }
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
                throw new StorageFaultException(e);
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
