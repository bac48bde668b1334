package skillrunner.workspace.zip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;

/**
 * Unpacks zip archives that nobody vouches for. All names are decided by {@code EntryTargets} before the first byte is unpacked;
 * sizes are counted while unpacking, because an archive may lie about them. A file that its owner may execute stays so. Safe for concurrent
 * use.
 */
public final class ZipIntake {
    private static final int CHUNK = 64 * 1024;
    private static final String WITHOUT_FOLDER = "skill";
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final ZipLimits limits;
    private final Optional<Charset> nameCharset;

    /**
     * Takes its limits; names that are not UTF-8 are read by the code page that fits.
     *
     * @param limits how large an archive may be
     */
    public ZipIntake(ZipLimits limits) {
        this(limits, Optional.empty());
    }

    /**
     * Takes its limits.
     *
     * @param limits how large an archive may be
     * @param nameCharset what names are in that are not UTF-8; without it, the code page that fits
     */
    public ZipIntake(ZipLimits limits, Optional<Charset> nameCharset) {
        this.limits = Objects.requireNonNull(limits);
        this.nameCharset = Objects.requireNonNull(nameCharset);
    }

    /**
     * Returns how large an archive may be.
     *
     * @return the limits
     */
    public ZipLimits limits() {
        return limits;
    }

    /**
     * Unpacks an archive into a new folder.
     *
     * @param archive the bytes
     * @param folder a folder that does not exist; it does not exist either if the archive is refused
     * @return the files, sorted, with {@code /} between segments
     * @throws RefusedException with {@code ARCHIVE_INVALID} or {@code BODY_TOO_LARGE}
     * @throws StorageFullException if the disk is full
     * @throws StorageFaultException if the disk can't take it for another reason
     * @throws BrokenOffException if the sender broke off
     */
    public List<String> unpack(InputStream archive, Path folder) throws BrokenOffException {
        Path parcel = folder.resolveSibling(folder.getFileName() + ".zip");
        try {
            DurableFiles.createDirectoriesUnsynced(folder);
            receive(archive, parcel);
            try (ZipFile zip = open(parcel)) {
                return unpack(zip, EntryTargets.of(zip, folder, limits, nameCharset));
            }
        } catch (BrokenOffException | RuntimeException e) {
            FileTrees.remove(folder);
            throw e;
        } catch (IOException e) {
            throw withdrawn(e, folder);
        } finally {
            FileTrees.remove(parcel);
        }
    }

    /**
     * Unpacks a package: an archive with exactly one folder at its top. What operating systems add to archives is left
     * out.
     *
     * @param archive the archive, already stored
     * @param folder a folder that does not exist; it does not exist either if the archive is refused
     * @return the folder at the top, by its name
     * @throws RefusedException with {@code ARCHIVE_INVALID}
     * @throws StorageFullException if the disk is full
     * @throws StorageFaultException if a file can't be read or written
     */
    public String unpackPackage(Path archive, Path folder) {
        return unpackPackage(archive, folder, Optional.empty());
    }

    /**
     * Unpacks a package, or something that is to become one: a folder at the top, or its files without the folder.
     *
     * @param archive the archive, already stored
     * @param folder a folder that does not exist; it does not exist either if the archive is refused
     * @param mark the file that shows that a package lies at the top of the archive without its folder
     * @return the folder at the top, by its name; one of the product's choice for files without a folder
     * @throws RefusedException with {@code ARCHIVE_INVALID}
     * @throws StorageFullException if the disk is full
     * @throws StorageFaultException if a file can't be read or written
     */
    public String unpackPackage(Path archive, Path folder, String mark) {
        return unpackPackage(archive, folder, Optional.of(mark));
    }

    private String unpackPackage(Path archive, Path folder, Optional<String> mark) {
        try {
            DurableFiles.createDirectoriesUnsynced(folder);
            try (ZipFile zip = open(archive)) {
                EntryTargets targets = EntryTargets.of(zip, folder, limits, nameCharset);
                if (mark.filter(targets::haveAtTop).isPresent()) {
                    Path inside = folder.resolve(WITHOUT_FOLDER);
                    EntryTargets moved =
                            EntryTargets.of(zip, inside, limits, nameCharset).withoutLitter();
                    DurableFiles.createDirectoriesUnsynced(inside);
                    unpack(zip, moved);
                    return WITHOUT_FOLDER;
                }
                EntryTargets clean = targets.withoutLitter();
                String top = clean.onlyFolder();
                unpack(zip, clean);
                return top;
            }
        } catch (IOException e) {
            throw withdrawn(e, folder);
        } catch (RuntimeException e) {
            FileTrees.remove(folder);
            throw e;
        }
    }

    /**
     * Stores an archive without looking into it.
     *
     * @param archive the bytes
     * @param file where to; there is no such file if the archive is refused or its sender broke off
     * @throws RefusedException with {@code ARCHIVE_INVALID} if it is empty, or {@code BODY_TOO_LARGE}
     * @throws StorageFullException if the disk is full
     * @throws StorageFaultException if the disk can't take it for another reason
     * @throws BrokenOffException if the sender broke off
     */
    public void store(InputStream archive, Path file) throws BrokenOffException {
        try {
            receive(archive, file);
        } catch (BrokenOffException | RuntimeException e) {
            FileTrees.remove(file);
            throw e;
        } catch (IOException e) {
            throw withdrawn(e, file);
        }
    }

    /** Whether the disk is full is asked while it still is: the removal makes room. */
    private static RuntimeException withdrawn(IOException e, Path folder) {
        RuntimeException explained = DiskFaults.explained(e, folder);
        FileTrees.remove(folder);
        return explained;
    }

    private void receive(InputStream archive, Path parcel) throws IOException {
        try (OutputStream out = Files.newOutputStream(parcel)) {
            long received = 0;
            byte[] chunk = new byte[CHUNK];
            for (int read = readSent(archive, chunk); read >= 0; read = readSent(archive, chunk)) {
                received += read;
                if (received > limits.archiveBytes()) {
                    throw new RefusedException(
                            ErrorCode.BODY_TOO_LARGE, "The archive is larger than " + limits.archiveBytes() + " bytes");
                }
                out.write(chunk, 0, read);
            }
            if (received == 0) {
                throw refused("the upload is empty");
            }
        }
    }

    private static int readSent(InputStream archive, byte[] chunk) throws BrokenOffException {
        try {
            return archive.read(chunk);
        } catch (IOException e) {
            throw new BrokenOffException(e);
        }
    }

    private static ZipFile open(Path parcel) {
        try {
            return ZipFile.builder().setPath(parcel).get();
        } catch (IOException | IllegalArgumentException e) {
            throw refused("it is no valid zip archive");
        }
    }

    private List<String> unpack(ZipFile zip, EntryTargets targets) throws IOException {
        List<String> files = new ArrayList<>();
        long written = 0;
        for (Map.Entry<ZipArchiveEntry, EntryTargets.Target> target :
                targets.byEntry().entrySet()) {
            Path file = target.getValue().file();
            if (target.getKey().isDirectory()) {
                DurableFiles.createDirectoriesUnsynced(file);
            } else {
                DurableFiles.createDirectoriesUnsynced(Objects.requireNonNull(file.getParent()));
                written += inflate(zip, target.getKey(), target.getValue(), written);
                if ((target.getKey().getUnixMode() & OWNER_MAY_EXECUTE) != 0) {
                    file.toFile().setExecutable(true, true);
                }
                files.add(targets.folder().relativize(file).toString().replace('\\', '/'));
            }
        }
        Collections.sort(files);
        return files;
    }

    private long inflate(ZipFile zip, ZipArchiveEntry entry, EntryTargets.Target target, long before)
            throws IOException {
        long written = 0;
        long packed = Math.max(1, entry.getCompressedSize());
        CRC32 crc = new CRC32();
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(target.file(), StandardOpenOption.CREATE_NEW)) {
            InputStream in;
            try {
                in = zip.getInputStream(entry);
            } catch (IOException e) {
                throw refused("an entry can't be unpacked: " + shown(target.name()));
            }
            try (in) {
                for (int read = readPacked(in, chunk, target); read >= 0; read = readPacked(in, chunk, target)) {
                    written += read;
                    if (written > limits.fileBytes()) {
                        throw refused("a file unpacks to more than " + limits.fileBytes() + " bytes: "
                                + shown(target.name()));
                    }
                    if (before + written > limits.totalBytes()) {
                        throw refused("it unpacks to more than " + limits.totalBytes() + " bytes");
                    }
                    if (before + written > ZipLimits.RATIO_APPLIES_ABOVE && written / packed > limits.ratio()) {
                        throw refused("an entry is packed suspiciously tightly, to less than one " + limits.ratio()
                                + "th: " + shown(target.name()));
                    }
                    crc.update(chunk, 0, read);
                    out.write(chunk, 0, read);
                }
            }
        }
        if (written != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw refused("an entry is damaged: " + shown(target.name()));
        }
        return written;
    }

    private static int readPacked(InputStream in, byte[] chunk, EntryTargets.Target target) throws IOException {
        try {
            return in.read(chunk);
        } catch (ZipException | EOFException e) {
            throw refused("an entry is damaged: " + shown(target.name()));
        }
    }

    static RefusedException refused(String reason) {
        return new RefusedException(ErrorCode.ARCHIVE_INVALID, "The archive is refused: " + reason);
    }

    static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }
}
