package skillrunner.workspace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.run.RunArtifacts;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;
import skillrunner.files.SafePath;

/** Artifacts as the regular files below {@code artifacts/}. Safe for concurrent use. */
public final class FilesystemRunArtifacts implements RunArtifacts {
    private static final String PREFIX = "artifacts";

    private final RunLayout layout;

    /**
     * Takes its collaborator.
     *
     * @param layout where the files lie
     */
    public FilesystemRunArtifacts(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public List<String> list(RunId run) {
        Path folder = layout.artifacts(run);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (servable(run, file)) {
                    paths.add(PREFIX + "/" + folder.relativize(file).toString().replace('\\', '/'));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        paths.sort(null);
        return paths;
    }

    @Override
    public Optional<Artifact> open(RunId run, String path) {
        List<String> segments = SafePath.segments(path)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PATH_INVALID, "An artifact path is relative and stays below artifacts/"));
        if (segments.size() < 2 || !segments.get(0).equals(PREFIX)) {
            return Optional.empty();
        }
        return SafePath.below(layout.run(run), String.join("/", segments))
                .filter(file -> servable(run, file))
                .map(file -> new Artifact(file.getFileName().toString(), size(file), () -> Files.newInputStream(file)));
    }

    /** A regular file, or a link to one, that really lies in the run directory. */
    private boolean servable(RunId run, Path file) {
        // The folder itself may have been replaced by a link, which would take both paths outside alike.
        return Files.isDirectory(layout.artifacts(run), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(file)
                && SafePath.reallyBelow(layout.artifacts(run), file);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
