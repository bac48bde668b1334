package skillrunner.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A copy of the built distribution in a folder of its own, with the benchmarks' skill and CLI. */
final class Installation {
    private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SKILL_FILES = List.of(
            "SKILL.md",
            "assets/runner.json",
            "assets/input.schema.json",
            "assets/parameter.schema.json",
            "assets/output.schema.json");

    private final Path root;

    private Installation(Path root) {
        this.root = root;
    }

    static Installation copy(Path distribution, Path root) throws IOException {
        Installation installation = new Installation(root);
        Folders.copy(distribution, installation.distribution());
        Folders.delete(Files.createDirectories(installation.archives()));
        Path bin = Files.createDirectories(root.resolve("agent-cache/npm/bin"));
        Files.write(bin.resolve("codex"), resource("codex.sh"));
        Files.setPosixFilePermissions(bin.resolve("codex"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return installation;
    }

    Path distribution() {
        return root.resolve("dist");
    }

    Path cli() {
        return root.resolve("agent-cache/npm/bin/codex");
    }

    Path agentCache() {
        return root.resolve("agent-cache");
    }

    /** Returns a fresh data directory that holds the benchmarks' skill. */
    Path newData(String name) throws IOException {
        Path data = root.resolve(name);
        for (String file : SKILL_FILES) {
            Path target = data.resolve("skills/benchmark").resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, resource("skill/" + file));
        }
        return data;
    }

    /** A file where the launcher wants a folder: it starts without an archive and can't make one. */
    void forbidArchive() throws IOException {
        Files.createFile(archives());
    }

    /** Lets a first start make the archive, as it does for a user, and waits for it. */
    void awaitArchive(Path data) throws IOException, InterruptedException {
        Files.deleteIfExists(archives());
        try (RunningServer server = RunningServer.start(this, data)) {
            long deadline = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
            while (!hasArchive()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the first start made no class-data archive: " + server.port());
                }
                Thread.sleep(100);
            }
        }
    }

    boolean hasArchive() throws IOException {
        if (!Files.isDirectory(archives())) {
            return false;
        }
        try (Stream<Path> files = Files.list(archives())) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            // Its maker works in a folder beside it, which goes once it has ended.
            return names.stream().anyMatch(name -> name.endsWith(".jsa"))
                    && names.stream().noneMatch(name -> name.endsWith(".making"));
        }
    }

    private Path archives() {
        return distribution().resolve("cds");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Installation.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
