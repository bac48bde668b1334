package skillrunner.delegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import skillrunner.application.json.JsonText;
import skillrunner.domain.engine.EngineId;
import skillrunner.files.DurableFiles;
import skillrunner.files.LockFiles;
import skillrunner.files.SmallFiles;

/**
 * The folders that a program trusts without asking: that of a session and the one above it are among them while it lasts. What else
 * stands in the file stays as it is, and a file that is not understood is left alone.
 */
final class TrustedFolders implements LaidAside {
    private static final int MOST_BYTES = 4 << 20;

    private final EngineId engine;
    private final Path file;
    private final List<Path> folders;
    private final JsonText json;

    private TrustedFolders(EngineId engine, Path file, List<Path> folders, JsonText json) {
        this.engine = engine;
        this.file = file;
        this.folders = folders;
        this.json = json;
    }

    /** Those of an engine that has such a file. */
    static Optional<TrustedFolders> of(EngineId engine, Path home, Path session, JsonText json) {
        Map<EngineId, String> files =
                Map.of(EngineId.CODEX, ".codex/config.toml", EngineId.GEMINI, ".gemini/trustedFolders.json");
        return Optional.ofNullable(files.get(engine))
                .map(path -> new TrustedFolders(
                        engine,
                        home.resolve(path),
                        List.of(session, Objects.requireNonNull(session.getParent())),
                        json));
    }

    /** @throws UncheckedIOException if the file can't be written */
    void add() {
        change(text -> engine.equals(EngineId.CODEX) ? withTables(text) : withMembers(text, true));
    }

    @Override
    public void putBack(boolean succeeded) {
        change(text -> engine.equals(EngineId.CODEX) ? withoutTables(text) : withMembers(text, false));
    }

    private void change(UnaryOperator<String> change) {
        try {
            Path folder = Objects.requireNonNull(file.getParent());
            DurableFiles.createDirectories(folder);
            try (FileChannel channel = LockFiles.open(folder.resolve("." + file.getFileName() + ".skill-runner.lock"));
                    FileLock held = channel.lock()) {
                Objects.requireNonNull(held);
                String before = text();
                String after = change.apply(before);
                if (after.isEmpty()) {
                    Files.deleteIfExists(file);
                } else if (!after.equals(before)) {
                    DurableFiles.write(file, after);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() throws IOException {
        try {
            return SmallFiles.readText(file, MOST_BYTES);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private String withMembers(String text, boolean trusted) {
        Optional<Map<String, Object>> present = text.isBlank() ? Optional.of(Map.of()) : json.parseObject(text);
        if (present.isEmpty()) {
            return text;
        }
        Map<String, Object> members = new LinkedHashMap<>(present.get());
        for (Path folder : folders) {
            if (trusted) {
                members.putIfAbsent(folder.toString(), "TRUST_FOLDER");
            } else {
                members.remove(folder.toString());
            }
        }
        if (members.equals(present.get())) {
            return text;
        }
        return members.isEmpty() ? "" : json.pretty(members);
    }

    private String withTables(String text) {
        StringBuilder with = new StringBuilder(text);
        for (Path folder : folders) {
            if (!text.contains(table(folder))) {
                if (with.length() > 0 && with.charAt(with.length() - 1) != '\n') {
                    with.append('\n');
                }
                with.append(table(folder));
            }
        }
        return with.toString();
    }

    private String withoutTables(String text) {
        String without = text;
        for (Path folder : folders) {
            without = without.replace(table(folder), "");
        }
        return without;
    }

    /** As it is written, it is found and taken out again; the path is one of ours and has no sign that would need care. */
    private static String table(Path folder) {
        return "\n[projects.\"" + folder.toString().replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"]\ntrust_level = \"trusted\"\n";
    }
}
