package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.file.Digests;

/**
 * All files of an installed skill: what a run is given and what its fingerprint is made of. Whoever can write the folder may
 * be changing it meanwhile, so it is opened as what others made: regular files of one name, no links, within limits. What
 * is passed over is counted in the log.
 */
public final class SkillContent {
    private static final Logger LOG = LoggerFactory.getLogger(SkillContent.class);

    /** Far above what a package may hold, since an operator may put more into a folder by hand. */
    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 20_000);

    /** A sparse file takes no space where it lies and all of it in each copy. */
    private static final long COPIED_IN_ALL = 1L << 30;

    private static final long HASHED_UP_TO = 64L << 20;
    private static final String REPOSITORY = ".git";

    private SkillContent() {}

    /**
     * Hashes every file, so that any change makes another fingerprint. A file of more than 64 MiB is told by its size and
     * its time.
     *
     * @param id what the log calls it
     * @param skill the folder
     * @return path inside the folder to digest
     */
    static Map<String, String> hashes(String id, UntrustedFolder skill) {
        Map<String, String> hashes = new TreeMap<>();
        for (FoundEntry file : list(id, skill, path -> true).files()) {
            digest(skill, file).ifPresent(digest -> hashes.put(file.path(), digest));
        }
        return hashes;
    }

    private static Optional<String> digest(UntrustedFolder skill, FoundEntry file) {
        if (file.size() > HASHED_UP_TO) {
            return Optional.of(Digests.sha256(file.size() + " " + file.modified()));
        }
        Optional<FileChannel> opened = skill.file(file.path());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (FileChannel channel = opened.get()) {
            return Optional.of(Digests.sha256(channel, HASHED_UP_TO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies a skill: regular files only, 1 GiB in all, without {@code .git}; the owner may execute what the owner may
     * execute. Each folder of the copy is held while it is filled, so that nobody in the workspace can lead it elsewhere.
     *
     * @param id what the log calls it
     * @param skill the folder
     * @param copy an empty folder
     * @throws IOException if it can't be copied
     */
    public static void copy(String id, UntrustedFolder skill, UntrustedFolder copy) throws IOException {
        long left = COPIED_IN_ALL;
        int leftOut = 0;
        for (FoundEntry entry : list(id, skill, path -> !isRepository(path)).entries()) {
            if (entry.kind() == EntryKind.FOLDER) {
                copy.makeFolder(List.of(entry.path().split("/"))).close();
            } else if (entry.kind() == EntryKind.FILE && entry.size() <= left) {
                left -= entry.size();
                copyFile(skill, copy, entry);
            } else if (entry.kind() == EntryKind.FILE) {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            LOG.warn(
                    "skill {}: {} files are not copied, for all together hold more than {} bytes",
                    id,
                    leftOut,
                    COPIED_IN_ALL);
        }
    }

    private static void copyFile(UntrustedFolder skill, UntrustedFolder copy, FoundEntry file) throws IOException {
        Optional<FileChannel> opened = skill.file(file.path());
        if (opened.isEmpty()) {
            return;
        }
        try (InputStream content = Channels.newInputStream(opened.get())) {
            int slash = file.path().lastIndexOf('/');
            if (slash < 0) {
                copy.copy(file.name(), content, file.executable());
                return;
            }
            try (UntrustedFolder folder =
                    copy.makeFolder(List.of(file.path().substring(0, slash).split("/")))) {
                folder.copy(file.name(), content, file.executable());
            }
        }
    }

    private static boolean isRepository(String path) {
        return path.equals(REPOSITORY) || path.endsWith("/" + REPOSITORY);
    }

    private static FolderListing list(String id, UntrustedFolder skill, Predicate<String> wanted) {
        FolderListing listing = skill.list(LIMITS, wanted);
        if (!listing.passedOver().isEmpty() || !listing.complete()) {
            LOG.info(
                    "skill {}: of its files are passed over: {}{}",
                    id,
                    listing.passedOver(),
                    listing.complete() ? "" : ", and what is too many or too deep");
        }
        return listing;
    }
}
