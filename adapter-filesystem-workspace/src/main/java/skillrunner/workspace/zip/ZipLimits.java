package skillrunner.workspace.zip;

/**
 * How large an archive may be.
 *
 * @param archiveBytes size of the archive itself
 * @param entries number of entries
 * @param totalBytes size of all files together, counted while they are unpacked
 * @param fileBytes size of one file, counted while it is unpacked
 * @param ratio how many times larger than packed a file may be, once all files together exceed
 *     {@link #RATIO_APPLIES_ABOVE}
 * @param pathLength characters of a path
 * @param depth segments of a path
 */
public record ZipLimits(
        long archiveBytes, int entries, long totalBytes, long fileBytes, int ratio, int pathLength, int depth) {
    /** Below so many bytes in all it does not matter how tightly something is packed: a sparse table packs very well. */
    public static final long RATIO_APPLIES_ABOVE = 64L << 20;

    /** What the documentation promises for uploads. */
    public static final ZipLimits UPLOAD = new ZipLimits(200L << 20, 5_000, 200L << 20, 64L << 20, 100, 255, 20);

    /**
     * The same limits with another size of the archive.
     *
     * @param bytes size of the archive
     * @return the limits
     */
    public ZipLimits withArchiveBytes(long bytes) {
        return new ZipLimits(bytes, entries, totalBytes, fileBytes, ratio, pathLength, depth);
    }
}
