package skillrunner.oauth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.LockFiles;
import skillrunner.files.SmallFiles;
import skillrunner.files.StagedFile;
import skillrunner.files.UnfitFileException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files in which engines keep their credentials, as objects of JSON. All files of one sign-in are written or none, each in one
 * step and for its owner only. What can't be read is left as it is. Safe for concurrent use, also by several servers on one home.
 */
final class CredentialFiles {
    private static final int MOST_BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Far longer than an engine takes to write its file. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path home;

    CredentialFiles(Path home) {
        this.home = home;
    }

    /**
     * A file and what becomes of it.
     *
     * @param path below the home
     * @param change is given what the file holds, an empty object if there is none, and returns what it shall hold
     */
    record Rewrite(String path, UnaryOperator<ObjectNode> change) {}

    /**
     * Writes files.
     *
     * @param rewrites in the order in which they get their names; the last one is what makes an engine count as signed in
     * @throws StorageFullException if the disk is full; all are as they were
     * @throws StorageFaultException if they can't be written; all are as they were
     * @throws IllegalStateException if one holds something else than an object; all are as they were
     */
    void write(Rewrite... rewrites) {
        Path last = home.resolve(rewrites[rewrites.length - 1].path());
        try {
            DurableFiles.createDirectories(folderOf(last));
            try (Closeable held = LockFiles.hold(last, PATIENCE)) {
                Objects.requireNonNull(held);
                writeLocked(List.of(rewrites));
            }
        } catch (IOException e) {
            throw inWords(e, last);
        }
    }

    /**
     * Reads a file.
     *
     * @return its object, or empty if there is none, nobody may read it, or somebody is just writing it in another way than ours
     */
    Optional<ObjectNode> read(String path) {
        try {
            return Json.parse(SmallFiles.read(home.resolve(path), MOST_BYTES));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Changes a file if it still holds what somebody knows of it. The engines write it too, in their own ways and without a lock: what is
     * there in part only is waited for, and what comes meanwhile is looked at again. A link is followed, for the engines follow it.
     *
     * @param path below the home
     * @param still whether it does
     * @param change is given what the file holds and returns what it shall hold
     * @return false if it does not, or is gone; it stays as it is
     * @throws StorageFullException if the disk is full; it is as it was
     * @throws StorageFaultException if it can't be read or written; it is as it was
     */
    boolean change(String path, Predicate<ObjectNode> still, UnaryOperator<ObjectNode> change) {
        Path file = home.resolve(path);
        try (Closeable held = LockFiles.hold(file, PATIENCE)) {
            Objects.requireNonNull(held);
            Path target = file.toRealPath();
            long begun = System.nanoTime();
            for (; ; ) {
                byte[] seen = SmallFiles.read(target, MOST_BYTES);
                Optional<ObjectNode> present = Json.parse(seen);
                if (present.isPresent() && !still.test(present.get())) {
                    return false;
                }
                if (present.isPresent() && swap(target, seen, Json.bytes(change.apply(present.get())))) {
                    return true;
                }
                if (System.nanoTime() - begun > SETTLING.toNanos()) {
                    throw new FileSystemException(
                            file.toString(), null, "it holds no JSON object, or changes all the time");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw inWords(e, file);
        }
    }

    /** Whoever else writes has microseconds to get in between, and not the time that the disk takes. */
    private static boolean swap(Path file, byte[] seen, byte[] content) throws IOException {
        try (StagedFile staged = DurableFiles.stage(file, content)) {
            if (!Arrays.equals(seen, SmallFiles.read(file, MOST_BYTES))) {
                return false;
            }
            replace(staged, file, content);
            return true;
        }
    }

    /** A file that is mounted by itself has a name that nothing takes, and its engine writes over it too. */
    static void replace(StagedFile staged, Path file, byte[] content) throws IOException {
        try {
            staged.replace();
        } catch (IOException why) {
            // Over what is there, which takes no more room on a full disk, and cut only then.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.truncate(content.length);
                channel.force(true);
            } catch (IOException e) {
                why.addSuppressed(e);
                throw why;
            }
        }
    }

    Path home() {
        return home;
    }

    /** Everything is read, changed and brought to the disk before the first file changes. */
    private void writeLocked(List<Rewrite> rewrites) throws IOException {
        List<Former> formers = new ArrayList<>();
        List<StagedFile> staged = new ArrayList<>();
        try {
            for (Rewrite rewrite : rewrites) {
                Path file = home.resolve(rewrite.path());
                Former former = new Former(file, bytes(rewrite.path(), file));
                ObjectNode present = former.content().isPresent() ? parsed(rewrite.path(), former) : Json.object();
                ObjectNode next = rewrite.change().apply(present.deepCopy());
                if (next.equals(present) && former.content().isPresent() && !rewrite.equals(lastOf(rewrites))) {
                    // Settings that say it already keep the form somebody gave them.
                    continue;
                }
                DurableFiles.createDirectories(folderOf(file));
                formers.add(former);
                staged.add(DurableFiles.stage(file, Json.bytes(next)));
            }
            for (int at = 0; at < staged.size(); at++) {
                try {
                    staged.get(at).replace();
                } catch (IOException e) {
                    undo(formers.subList(0, at), e);
                    throw e;
                }
            }
        } finally {
            for (StagedFile file : staged) {
                file.close();
            }
        }
    }

    private static Rewrite lastOf(List<Rewrite> rewrites) {
        return rewrites.get(rewrites.size() - 1);
    }

    private static void undo(List<Former> changed, IOException why) {
        for (Former former : changed) {
            try {
                if (former.content().isPresent()) {
                    DurableFiles.write(former.file(), former.content().get());
                } else {
                    Files.deleteIfExists(former.file());
                }
            } catch (IOException | RuntimeException e) {
                why.addSuppressed(e);
            }
        }
    }

    /** Whoever signs in reads it: of a report that names files the reason is enough. */
    private static RuntimeException inWords(IOException why, Path where) {
        RuntimeException known = DiskFaults.explained(why, where);
        return known instanceof StorageFaultException
                        && why instanceof FileSystemException report
                        && report.getReason() != null
                ? new StorageFaultException(new IOException(report.getReason(), why))
                : known;
    }

    private static ObjectNode parsed(String path, Former former) {
        return former.content()
                .flatMap(Json::parse)
                .orElseThrow(() -> new IllegalStateException(
                        "'" + path + "' holds no JSON object and was left as it is; mend or remove it first"));
    }

    private static Optional<byte[]> bytes(String path, Path file) throws IOException {
        try {
            return Optional.of(SmallFiles.read(file, MOST_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnfitFileException e) {
            throw new IllegalStateException(
                    "'" + path + "' was left as it is, since " + e.getReason() + "; mend or remove it first", e);
        }
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** What a file held; empty if there was none. */
    private record Former(Path file, Optional<byte[]> content) {}
}
