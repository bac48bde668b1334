package skillrunner.workspace.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.AsiExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives, good and bad, made in memory. */
final class Zips {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;

    private Zips() {}

    /** Names and contents in turn. A name that ends in a slash is a folder. */
    static byte[] of(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Unlike the JDK's own, this one takes any name, also twice.
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putArchiveEntry(new RawName(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Empty files under names of these bytes, without a word about their encoding. */
    static byte[] named(byte[]... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            // One byte, one character, and back again.
            zip.setEncoding("ISO-8859-1");
            zip.setUseLanguageEncodingFlag(false);
            zip.setCreateUnicodeExtraFields(ZipArchiveOutputStream.UnicodeExtraFieldPolicy.NEVER);
            for (byte[] name : names) {
                zip.putArchiveEntry(new RawName(new String(name, StandardCharsets.ISO_8859_1)));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static byte[] withMode(String name, String content, int unixMode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(unixMode);
            zip.putArchiveEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    static byte[] withModes(Map<String, Integer> modes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, Integer> mode : modes.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(mode.getKey());
                entry.setUnixMode(mode.getValue());
                zip.putArchiveEntry(entry);
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** An entry with extra fields as they stand in the archive. */
    static byte[] withExtra(String name, byte[] extra) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setExtra(extra);
        return of(entry);
    }

    /** A link that only the extra field of old archivers tells. */
    static byte[] link(String name, String target) throws IOException {
        AsiExtraField field = new AsiExtraField();
        field.setLinkedFile(target);
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.addExtraField(field);
        return of(entry);
    }

    private static byte[] of(ZipArchiveEntry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.putArchiveEntry(entry);
            zip.write('x');
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    static byte[] stored(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            CRC32 crc = new CRC32();
            crc.update(content);
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    static byte[] many(int entries) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            files.put("file-" + i, "");
        }
        return of(files.entrySet().stream()
                .flatMap(file -> Stream.of(file.getKey(), file.getValue()))
                .toArray(String[]::new));
    }

    static byte[] zeros(String name, long size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            byte[] chunk = new byte[1 << 16];
            for (long left = size; left > 0; left -= chunk.length) {
                zip.write(chunk, 0, (int) Math.min(chunk.length, left));
            }
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** Changes a two-byte field of the first entry in both its headers. */
    static byte[] withField(byte[] zip, int localOffset, int centralOffset, int value) {
        byte[] copy = zip.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(find(buffer, LOCAL) + localOffset, (short) value);
        buffer.putShort(find(buffer, CENTRAL) + centralOffset, (short) value);
        return copy;
    }

    static byte[] withMethod(byte[] zip, int method) {
        return withField(zip, 8, 10, method);
    }

    static byte[] encrypted(byte[] zip) {
        return withField(zip, 6, 8, 1);
    }

    /** Lets the directory of the archive claim another unpacked size of the first entry. */
    static byte[] claiming(byte[] zip, int size) {
        byte[] copy = zip.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(find(buffer, CENTRAL) + 24, size);
        return copy;
    }

    private static int find(ByteBuffer buffer, int signature) {
        for (int i = 0; i <= buffer.limit() - 4; i++) {
            if (buffer.getInt(i) == signature) {
                return i;
            }
        }
        throw new IllegalStateException("no such header");
    }

    /** An entry whose name is taken as it is. */
    private static final class RawName extends ZipArchiveEntry {
        private final String raw;

        RawName(String raw) {
            super(raw);
            this.raw = raw;
        }

        @Override
        public String getName() {
            return raw == null ? super.getName() : raw;
        }
    }
}
