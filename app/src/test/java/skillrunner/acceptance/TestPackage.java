package skillrunner.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A skill package, good unless a test spoils it. */
public final class TestPackage {
    private final String id;
    private final Map<String, String> entries = new LinkedHashMap<>();

    private TestPackage(String id) {
        this.id = id;
    }

    public static TestPackage of(String id, String version) {
        TestPackage made = new TestPackage(id)
                .file("SKILL.md", "---\nname: " + id + "\ndescription: for tests\n---\nDo it.\n")
                .runner("\"version\": \"" + version + "\", \"execution_modes\": [\"auto\"]");
        for (String schema : List.of("input", "parameter", "output")) {
            made.file("assets/" + schema + ".schema.json", "{\"type\": \"object\"}");
        }
        return made;
    }

    /** Other members of runner.json beside the id. */
    public TestPackage runner(String members) {
        return file("assets/runner.json", "{\"id\": \"" + id + "\", " + members + "}");
    }

    /** Further members of an otherwise good runner.json of version 1.0.0. */
    public TestPackage with(String members) {
        return runner("\"version\": \"1.0.0\", \"execution_modes\": [\"auto\"], " + members);
    }

    public TestPackage file(String path, String content) {
        return entry(id + "/" + path, content);
    }

    TestPackage entry(String path, String content) {
        entries.put(path, content);
        return this;
    }

    /** Puts everything into another top-level folder. */
    TestPackage inFolder(String folder) {
        Map<String, String> moved = new LinkedHashMap<>();
        entries.forEach((path, content) -> moved.put(path.replaceFirst("^" + id + "/", folder + "/"), content));
        entries.clear();
        entries.putAll(moved);
        return this;
    }

    TestPackage without(String path) {
        entries.remove(id + "/" + path);
        return this;
    }

    /** Text that can't be packed much tighter. */
    static String noise(int length) {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    public byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
