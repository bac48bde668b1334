package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;

/** The folder of one engine as a test prepares it and looks at it. */
final class ModelFolder {
    static final EngineId ENGINE = EngineId.CODEX;

    private final Path path;

    ModelFolder(Path directory) throws IOException {
        this.path = Files.createDirectories(directory.resolve(ENGINE.wire()));
    }

    Path path() {
        return path;
    }

    Path manifest() {
        return path.resolve("manifest.json");
    }

    ModelFolder listing(String... versions) throws IOException {
        StringBuilder snapshots = new StringBuilder();
        for (String version : versions) {
            snapshots
                    .append(snapshots.isEmpty() ? "" : ",")
                    .append("{\"version\":\"%1$s\",\"file\":\"models_%1$s.json\"}".formatted(version));
        }
        Files.writeString(manifest(), "{\"engine\":\"codex\",\"snapshots\":[" + snapshots + "]}");
        return this;
    }

    ModelFolder snapshot(String version, String id) throws IOException {
        return file(
                "models_" + version + ".json",
                "{\"engine\":\"codex\",\"version\":\"" + version + "\",\"models\":[{\"id\":\"" + id + "\"}]}");
    }

    ModelFolder file(String name, String content) throws IOException {
        Files.writeString(path.resolve(name), content);
        return this;
    }

    /** Every file with its content, to be compared later. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                content.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return content;
    }
}
