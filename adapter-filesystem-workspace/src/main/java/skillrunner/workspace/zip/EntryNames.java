package skillrunner.workspace.zip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The names of an archive's entries, read from their bytes before anything looks for separators: a byte of a backslash can
 * be the second half of a Chinese or Japanese character. Not safe for concurrent use.
 */
final class EntryNames {
    private final Optional<Charset> configured;
    private final Map<CodePage, Double> fits = new EnumMap<>(CodePage.class);
    private final Map<String, String> known = new HashMap<>();

    EntryNames(List<ZipArchiveEntry> entries, Optional<Charset> configured) {
        this.configured = configured;
        for (ZipArchiveEntry entry : entries) {
            for (byte[] segment : segments(entry.getRawName())) {
                if (isLegacy(entry, segment)) {
                    for (CodePage page : CodePage.values()) {
                        page.read(segment).ifPresent(name -> fits.merge(page, page.fit(segment), Double::sum));
                    }
                }
            }
        }
    }

    /**
     * Reads a name: as UTF-8 if it is marked so or is valid, else by the code page that fits.
     *
     * @throws skillrunner.domain.problem.RefusedException if nothing fits
     */
    String name(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        if (entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD) {
            return entry.getName();
        }
        Optional<String> utf8 = CodePage.strictly(StandardCharsets.UTF_8, raw);
        if (utf8.isPresent()) {
            return utf8.get();
        }
        if (entry.getGeneralPurposeBit().usesUTF8ForNames()) {
            throw ZipIntake.refused("the name of an entry is marked as UTF-8 and is not: " + shown(raw));
        }
        return segments(raw).stream().map(segment -> segment(entry, segment)).collect(Collectors.joining("/"));
    }

    /** One folder must not come out under two names, so each segment is read for itself and always alike. */
    private String segment(ZipArchiveEntry entry, byte[] segment) {
        if (!isLegacy(entry, segment)) {
            return CodePage.strictly(StandardCharsets.UTF_8, segment).orElseThrow();
        }
        return known.computeIfAbsent(new String(segment, StandardCharsets.ISO_8859_1), key -> legacy(segment));
    }

    private String legacy(byte[] segment) {
        if (configured.isPresent()) {
            return CodePage.strictly(configured.get(), segment)
                    .orElseThrow(() -> ZipIntake.refused("the name of an entry is neither UTF-8 nor "
                            + configured.get().name() + ": " + shown(segment)));
        }
        return Arrays.stream(CodePage.values())
                .filter(page -> page.read(segment).isPresent())
                .max(Comparator.<CodePage>comparingDouble(page -> page.fit(segment))
                        .thenComparing(page -> fits.getOrDefault(page, 0.0))
                        .thenComparing(Comparator.reverseOrder()))
                .flatMap(page -> page.read(segment))
                .orElseThrow(() -> ZipIntake.refused(
                        "the name of an entry is neither UTF-8 nor GB18030, Big5 or Shift-JIS: " + shown(segment)
                                + "; pack with names in UTF-8, or name the encoding in"
                                + " SKILL_RUNNER_ARCHIVE_NAME_CHARSET"));
    }

    private static boolean isLegacy(ZipArchiveEntry entry, byte[] segment) {
        return entry.getNameSource() == ZipArchiveEntry.NameSource.NAME
                && CodePage.strictly(StandardCharsets.UTF_8, entry.getRawName()).isEmpty()
                && !isAscii(segment);
    }

    private static boolean isAscii(byte[] segment) {
        for (byte b : segment) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** A slash is never a part of another character in any of the code pages. */
    private static List<byte[]> segments(byte[] raw) {
        List<byte[]> segments = new ArrayList<>();
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        for (byte b : raw) {
            if (b == '/') {
                segments.add(segment.toByteArray());
                segment.reset();
            } else {
                segment.write(b);
            }
        }
        segments.add(segment.toByteArray());
        return segments;
    }

    private static String shown(byte[] raw) {
        StringBuilder text = new StringBuilder();
        for (byte b : raw) {
            text.append(b >= ' ' && b < 0x7F ? String.valueOf((char) b) : String.format("\\x%02x", b & 0xFF));
        }
        return ZipIntake.shown(text.toString());
    }
}
