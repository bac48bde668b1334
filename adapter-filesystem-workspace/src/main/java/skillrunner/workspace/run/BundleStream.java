package skillrunner.workspace.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.Run;

/**
 * A bundle that is made as it is read: a piece of a file is read, digested and packed whenever all that was packed is gone. What
 * a file gains while it is read is left out, and what it loses is missed; size and digest are those of what was packed.
 */
final class BundleStream extends InputStream {
    private static final int PIECE_BYTES = 64 * 1024;

    /** The earliest time that every reader of archives agrees on. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** Sizes from here on are written in the long form; a little below its limit, as what is packed may be larger. */
    private static final long LARGE_BYTES = 0xFFFF_FFFFL - (64 << 20);

    private static final long SURELY_LARGE = 1L << 32;

    private final RunFolder folder;
    private final Run run;
    private final BundleKind kind;
    private final Optional<Attempt> last;
    private final BundleEntry.Selection selection;
    private final Runnable closed;
    private final Iterator<BundleEntry> entries;
    private final BundleManifest manifest;
    private final Packed packed = new Packed();
    private final Archive zip = new Archive(packed);
    private final MessageDigest digest = sha256();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private @Nullable OpenFile file;
    private @Nullable InputStream contents;
    private int gone;
    private boolean finished;
    private boolean open = true;

    BundleStream(
            RunFolder folder,
            Run run,
            BundleKind kind,
            Optional<Attempt> last,
            BundleEntry.Selection selection,
            JsonText json,
            Runnable closed)
            throws IOException {
        this.folder = folder;
        this.run = run;
        this.kind = kind;
        this.last = last;
        this.selection = selection;
        this.closed = closed;
        this.entries = selection.entries().iterator();
        this.manifest = new BundleManifest(json);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** A file under way, with how much of it there was when it was opened. */
    private record OpenFile(String path, FileChannel channel, long size) {}

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!open) {
            // An archive that was let go must not look whole.
            throw new IOException("the bundle is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (packed.isEmpty()) {
            if (finished) {
                return -1;
            }
            step();
        }
        return packed.take(target, offset, length);
    }

    private void step() throws IOException {
        if (file != null) {
            pack(file);
        } else if (contents != null) {
            packContents(contents);
        } else if (entries.hasNext()) {
            begin(entries.next());
        } else {
            contents = manifest.finished(run, last, selection.leftOut() + gone, gone == 0 && selection.complete());
            zip.putArchiveEntry(entry(kind.manifest(), 0));
        }
    }

    private void begin(BundleEntry entry) throws IOException {
        Optional<FileChannel> opened = entry.open(folder);
        if (opened.isEmpty()) {
            gone++;
            return;
        }
        FileChannel channel = opened.get();
        try {
            long size = channel.size();
            zip.putArchiveEntry(entry(entry.path(), size));
            file = new OpenFile(entry.path(), channel, size);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void pack(OpenFile from) throws IOException {
        long left = from.size() - from.channel().position();
        piece.clear().limit((int) Math.min(PIECE_BYTES, left));
        if (left > 0 && from.channel().read(piece) > 0) {
            digest.update(piece.array(), 0, piece.position());
            zip.write(piece.array(), 0, piece.position());
            return;
        }
        zip.closeArchiveEntry();
        manifest.add(from.path(), from.channel().position(), HexFormat.of().formatHex(digest.digest()));
        from.channel().close();
        file = null;
    }

    private void packContents(InputStream from) throws IOException {
        int count = from.read(piece.array());
        if (count > 0) {
            zip.write(piece.array(), 0, count);
        } else {
            zip.closeArchiveEntry();
            zip.finish();
            finished = true;
        }
    }

    private static ZipArchiveEntry entry(String path, long size) {
        ZipArchiveEntry entry = new ZipArchiveEntry(path);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(size >= LARGE_BYTES ? Math.max(size, SURELY_LARGE) : size);
        return entry;
    }

    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try (folder) {
            zip.letGo();
            if (file != null) {
                file.channel().close();
            }
        } finally {
            closed.run();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was packed and not read yet. */
    private static final class Packed extends ByteArrayOutputStream {
        private int at;

        boolean isEmpty() {
            return at == count;
        }

        int take(byte[] target, int offset, int length) {
            int taken = Math.min(length, count - at);
            System.arraycopy(buf, at, target, offset, taken);
            at += taken;
            if (at == count) {
                at = 0;
                reset();
            }
            return taken;
        }
    }

    /** An archive that can be left before its end. */
    private static final class Archive extends ZipArchiveOutputStream {
        Archive(Packed target) {
            super(target);
        }

        /** Its compressor holds memory outside of the heap. */
        void letGo() {
            def.end();
        }
    }
}
