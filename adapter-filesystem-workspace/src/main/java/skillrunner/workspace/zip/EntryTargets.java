package skillrunner.workspace.zip;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.AsiExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipExtraField;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipShort;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.SafePath;

/**
 * Where the entries of an archive go that nobody vouches for, decided before the first byte of it is unpacked: every name is safe, short
 * and unlike all others, and every entry is a file or a folder.
 *
 * @param folder what all of them lie below
 * @param byEntry the target of each entry, in the order of the archive
 */
record EntryTargets(Path folder, Map<ZipArchiveEntry, Target> byEntry) {
    private static final int NAME_BYTES = 255;
    private static final Set<Integer> METHODS = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);
    private static final ZipShort PKWARE_UNIX = new ZipShort(0x000d);
    private static final int PKWARE_UNIX_BYTES = 12;

    /** A file or folder, with its name as the archive has it. */
    record Target(Path file, String name) {}

    EntryTargets {
        Objects.requireNonNull(folder);
        byEntry = Collections.unmodifiableMap(new LinkedHashMap<>(byEntry));
    }

    /**
     * Decides where the entries of an archive go.
     *
     * @param zip the archive
     * @param folder where it is to be unpacked
     * @param limits how many entries there may be, how long and how deep their names
     * @param nameCharset what names are in that are not UTF-8; without it, the code page that fits
     * @return the targets, in the order of the archive
     * @throws RefusedException with {@code ARCHIVE_INVALID} for whatever can't be unpacked safely
     */
    static EntryTargets of(ZipFile zip, Path folder, ZipLimits limits, Optional<Charset> nameCharset) {
        Map<ZipArchiveEntry, Target> targets = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        Set<String> files = new HashSet<>();
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        EntryNames entryNames = new EntryNames(entries, nameCharset);
        for (ZipArchiveEntry entry : entries) {
            String name = entryNames.name(entry);
            if (targets.size() >= limits.entries()) {
                throw ZipIntake.refused("it has more than " + limits.entries() + " entries");
            }
            RelativePath path = RelativePath.parse(name)
                    .orElseThrow(
                            () -> ZipIntake.refused("an unsafe entry path leads outside: " + ZipIntake.shown(name)));
            if (name.length() > limits.pathLength()
                    || path.segments().size() > limits.depth()
                    || path.segments().stream().anyMatch(EntryTargets::tooLongForFileSystem)) {
                throw ZipIntake.refused(
                        "a path is too long or too deep (at most " + limits.pathLength() + " characters and "
                                + limits.depth() + " segments of " + NAME_BYTES + " bytes): " + ZipIntake.shown(name));
            }
            if (entry.isUnixSymlink() || isSpecial(entry.getUnixMode()) || isLinkByExtraField(entry)) {
                throw ZipIntake.refused("an entry is a link or a device: " + ZipIntake.shown(name));
            }
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw ZipIntake.refused("an entry is encrypted: " + ZipIntake.shown(name));
            }
            if (!METHODS.contains(entry.getMethod())) {
                throw ZipIntake.refused(
                        "an entry is packed by a method that is not supported: " + ZipIntake.shown(name));
            }
            if (entry.isDirectory() && entry.getSize() > 0) {
                throw ZipIntake.refused("an entry is both a file and a folder: " + ZipIntake.shown(name));
            }
            String normal = path.text().toLowerCase(Locale.ROOT);
            if (!names.add(normal) && (!entry.isDirectory() || files.contains(normal))) {
                throw ZipIntake.refused("an entry occurs twice: " + ZipIntake.shown(name));
            }
            if (!entry.isDirectory()) {
                files.add(normal);
            }
            Path file = SafePath.below(folder, name)
                    .orElseThrow(() -> ZipIntake.refused("a name can't be used: " + ZipIntake.shown(name)));
            targets.put(entry, new Target(file, name));
        }
        if (targets.isEmpty()) {
            throw ZipIntake.refused("it is empty");
        }
        for (String name : names) {
            for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
                if (files.contains(name.substring(0, slash))) {
                    throw ZipIntake.refused(
                            "an entry is both a file and a folder: " + ZipIntake.shown(name.substring(0, slash)));
                }
            }
        }
        return new EntryTargets(folder, targets);
    }

    /** Tells whether a file lies at the top. */
    boolean haveAtTop(String name) {
        Path file = folder.resolve(name);
        return byEntry.entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().isDirectory() && entry.getValue().file().equals(file));
    }

    /** Leaves out what operating systems add to archives. */
    EntryTargets withoutLitter() {
        Map<ZipArchiveEntry, Target> kept = new LinkedHashMap<>(byEntry);
        kept.values().removeIf(target -> isLitter(folder.relativize(target.file())));
        return new EntryTargets(folder, kept);
    }

    /** Returns the one folder at the top, beside which nothing may lie. */
    String onlyFolder() {
        Set<String> tops = new TreeSet<>();
        boolean fileAtTop = false;
        for (Map.Entry<ZipArchiveEntry, Target> target : byEntry.entrySet()) {
            Path path = folder.relativize(target.getValue().file());
            tops.add(path.getName(0).toString());
            fileAtTop |= path.getNameCount() == 1 && !target.getKey().isDirectory();
        }
        if (tops.size() != 1 || fileAtTop) {
            throw ZipIntake.refused("it must contain exactly one top-level directory and nothing beside it");
        }
        return tops.iterator().next();
    }

    /** What a Mac adds beside the folder, and anywhere. */
    private static boolean isLitter(Path path) {
        return path.startsWith("__MACOSX") || path.endsWith(".DS_Store");
    }

    private static boolean tooLongForFileSystem(String segment) {
        return segment.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES;
    }

    /** Unix type bits other than none, file and folder. */
    private static boolean isSpecial(int unixMode) {
        int type = unixMode & 0xF000;
        return type != 0 && type != 0x8000 && type != 0x4000;
    }

    /** Old archivers keep the target of a link, also of a hard one, or the numbers of a device in an extra field. */
    private static boolean isLinkByExtraField(ZipArchiveEntry entry) {
        for (ZipExtraField field : entry.getExtraFields(true)) {
            if (field instanceof AsiExtraField asi && (asi.isLink() || isSpecial(asi.getMode()))) {
                return true;
            }
            if (field.getHeaderId().equals(PKWARE_UNIX)
                    && field.getCentralDirectoryLength().getValue() > PKWARE_UNIX_BYTES) {
                return true;
            }
        }
        return false;
    }
}
