package skillrunner.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Skill packages: a large good one, and such as want to fill a disk or a memory. */
final class PackageArchives {
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_SIZE_OFFSET = 24;
    private static final int CHUNK = 1 << 16;

    private PackageArchives() {}

    /** A package of so many files, of so many bytes in all, that can't be packed tighter. */
    static byte[] large(String id, String version, int files, int bytes) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream(bytes + bytes / 8);
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            skill(zip, id, version);
            Random random = new Random(7);
            byte[] content = new byte[bytes / files];
            for (int i = 0; i < files; i++) {
                random.nextBytes(content);
                entry(zip, id + "/data/part-" + i % 20 + "/file-" + i + ".bin", content);
            }
        }
        return archive.toByteArray();
    }

    /** What wants to be unpacked into much more than it is, by its name. */
    static Map<String, byte[]> bombs() throws IOException {
        Map<String, byte[]> bombs = new LinkedHashMap<>();
        byte[] one = zeros(1, 500L << 20);
        bombs.put("one file of 500 MB", one);
        bombs.put("the same that claims 10 bytes", claiming(one, 10));
        bombs.put("the same that claims 2 GB", claiming(one, Integer.MAX_VALUE));
        bombs.put("60 files of 60 MB", zeros(60, 60L << 20));
        bombs.put("6,000 files", many(6_000));
        bombs.put("20,000 names of 200 letters", longNames(20_000));
        bombs.put("zip in zip in zip", nested(6));
        bombs.put(
                "nothing but a directory",
                new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, 127, 0, 0, 0, 0, 0, 0});
        return bombs;
    }

    private static byte[] zeros(int files, long size) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            byte[] chunk = new byte[CHUNK];
            for (int i = 0; i < files; i++) {
                zip.putNextEntry(new ZipEntry("bomb/file-" + i));
                for (long left = size; left > 0; left -= CHUNK) {
                    zip.write(chunk);
                }
                zip.closeEntry();
            }
        }
        return archive.toByteArray();
    }

    private static byte[] many(int files) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (int i = 0; i < files; i++) {
                entry(zip, "bomb/file-" + i, new byte[0]);
            }
        }
        return archive.toByteArray();
    }

    private static byte[] longNames(int files) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (int i = 0; i < files; i++) {
                entry(zip, "bomb/" + "n".repeat(200) + i, new byte[0]);
            }
        }
        return archive.toByteArray();
    }

    private static byte[] nested(int levels) throws IOException {
        byte[] inner = zeros(1, 50L << 20);
        for (int level = 0; level < levels; level++) {
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(archive)) {
                for (int i = 0; i < 10; i++) {
                    entry(zip, "bomb/" + i + ".zip", inner);
                }
            }
            inner = archive.toByteArray();
        }
        return inner;
    }

    /** Lets the directory of the archive claim another size of the first entry. */
    private static byte[] claiming(byte[] zip, int size) {
        byte[] copy = zip.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        int at = copy.length - 4;
        while (buffer.getInt(at) != CENTRAL) {
            at--;
        }
        buffer.putInt(at + CENTRAL_SIZE_OFFSET, size);
        return copy;
    }

    private static void skill(ZipOutputStream zip, String id, String version) throws IOException {
        entry(zip, id + "/SKILL.md", text("---\nname: " + id + "\ndescription: large\n---\n\nDo it.\n"));
        entry(
                zip,
                id + "/assets/runner.json",
                text("{\"id\": \"" + id + "\", \"version\": \"" + version + "\", \"execution_modes\": [\"auto\"]}"));
        for (String schema : new String[] {"input", "parameter", "output"}) {
            entry(zip, id + "/assets/" + schema + ".schema.json", text("{\"type\": \"object\"}"));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
