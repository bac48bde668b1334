package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import skillrunner.application.run.Uploads;
import skillrunner.domain.run.RequestId;
import skillrunner.files.FileTrees;
import skillrunner.workspace.file.Digests;
import skillrunner.workspace.zip.ZipIntake;

/** Uploads below {@code requests/<id>/uploads}. Safe for concurrent use on different requests. */
public final class FilesystemUploads implements Uploads {
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
            files = intake.unpack(archive, staging);
        } catch (IOException | RuntimeException e) {
            deleteIfEmpty(layout.request(request));
            throw e;
        }
        FileTrees.remove(uploads);
        Files.move(staging, uploads, StandardCopyOption.ATOMIC_MOVE);
        return files;
    }

    @Override
    public Map<String, FileDigest> digests(RequestId request) {
        Path uploads = layout.requestUploads(request);
        Map<String, FileDigest> digests = new TreeMap<>();
        if (Files.isDirectory(uploads)) {
            try (Stream<Path> files = Files.walk(uploads)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        digests.put(
                                uploads.relativize(file).toString().replace('\\', '/'),
                                new FileDigest(Digests.sha256(List.of(file)), Files.size(file)));
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
