package skillrunner.embedding.settings;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import skillrunner.workspace.zip.ZipLimits;

/**
 * How large archives may be, and how their names are read.
 *
 * @param uploads limits of a run's input
 * @param packages limits of skill packages
 * @param nameCharset what names in an archive are in that are not UTF-8; without it, the code page that fits
 */
public record ArchiveSettings(ZipLimits uploads, ZipLimits packages, Optional<Charset> nameCharset) {
    /** Uploads to 200 MiB, packages to 100 MiB. */
    public static final ArchiveSettings USUAL =
            new ArchiveSettings(ZipLimits.UPLOAD, ZipLimits.UPLOAD.withArchiveBytes(100L << 20), Optional.empty());

    /** Refuses null parts. */
    public ArchiveSettings {
        Objects.requireNonNull(uploads);
        Objects.requireNonNull(packages);
        Objects.requireNonNull(nameCharset);
    }
}
