package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;
import skillrunner.files.DiskFaults;
import skillrunner.files.FolderListing;
import skillrunner.files.UntrustedFolder;

/** Artifacts as the regular files below {@code artifacts/} of the workspace, which an agent may be changing. Safe for concurrent use. */
public final class FilesystemRunArtifacts implements RunArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemRunArtifacts.class);
    private static final String PREFIX = RunLayout.ARTIFACTS + "/";
    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 20_000);

    private static final FolderListing ITSELF = new FolderListing(List.of(), true);

    private final RunLayout layout;

    public FilesystemRunArtifacts(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public Listing list(RunId run) {
        Optional<UntrustedFolder> opened = folder(run);
        if (opened.isEmpty()) {
            return Listing.NOTHING;
        }
        try (UntrustedFolder folder = opened.get()) {
            return told(look(run, folder));
        }
    }

    @Override
    public Listing secure(RunId run) {
        Optional<UntrustedFolder> above = UntrustedFolder.open(layout.run(run), layout.inWorkspace(run));
        Optional<UntrustedFolder> opened = folder(run);
        try (UntrustedFolder workspace = above.orElse(null);
                UntrustedFolder folder = opened.orElse(null)) {
            if (workspace == null || folder == null) {
                return Listing.NOTHING;
            }
            FolderListing listing = look(run, folder);
            folder.sync(listing);
            workspace.sync(ITSELF);
            return told(listing);
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
    }

    private static FolderListing look(RunId run, UntrustedFolder folder) {
        FolderListing listing = folder.list(LIMITS, path -> true);
        if (!listing.passedOver().isEmpty() || !listing.complete()) {
            LOG.info(
                    "run {}: below artifacts/ are passed over: {}{}",
                    run,
                    listing.passedOver(),
                    listing.complete() ? "" : ", and what is too many or too deep");
        }
        return listing;
    }

    private static Listing told(FolderListing listing) {
        return new Listing(
                listing.files().stream()
                        .map(file -> PREFIX + file.path())
                        .sorted()
                        .toList(),
                listing.complete(),
                listing.passedOver().values().stream().mapToInt(Long::intValue).sum());
    }

    @Override
    public Optional<Artifact> open(RunId run, String path) {
        List<String> segments = RelativePath.parse(path)
                .map(RelativePath::segments)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PATH_INVALID, "An artifact path is relative and stays below artifacts/"));
        if (segments.size() < 2 || !segments.get(0).equals(RunLayout.ARTIFACTS)) {
            return Optional.empty();
        }
        String below = String.join("/", segments.subList(1, segments.size()));
        try (FileChannel channel = channel(run, below)) {
            return Optional.of(new Artifact(
                    segments.get(segments.size() - 1),
                    channel.size(),
                    () -> Channels.newInputStream(channel(run, below))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private FileChannel channel(RunId run, String below) throws NoSuchFileException {
        try (UntrustedFolder folder = folder(run).orElseThrow(() -> new NoSuchFileException(below))) {
            return folder.file(below).orElseThrow(() -> new NoSuchFileException(below));
        }
    }

    private Optional<UntrustedFolder> folder(RunId run) {
        return UntrustedFolder.open(layout.run(run), layout.inWorkspace(run, RunLayout.ARTIFACTS));
    }
}
