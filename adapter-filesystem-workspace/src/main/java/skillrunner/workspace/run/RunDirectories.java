package skillrunner.workspace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.AttemptAudit;
import skillrunner.application.run.AttemptFiles;
import skillrunner.application.run.RunResult;
import skillrunner.application.run.RunWorkspaces;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.SafePath;

/** Run directories below {@code runs/}. Safe for concurrent use on different runs. */
public final class RunDirectories implements RunWorkspaces {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectories.class);

    private final RunLayout layout;
    private final JsonText json;
    private final AttemptRecords records;

    /**
     * Takes its collaborators.
     *
     * @param layout where everything lies
     * @param json writes the files
     */
    public RunDirectories(RunLayout layout, JsonText json) {
        this.layout = Objects.requireNonNull(layout);
        this.json = Objects.requireNonNull(json);
        this.records = new AttemptRecords(layout, json);
    }

    @Override
    public void create(Run run, RunRequest request) {
        Path directory = layout.run(run.id());
        try {
            Files.createDirectories(layout.artifacts(run.id()));
            Files.createDirectories(layout.audit(run.id()));
            Path uploaded = layout.requestUploads(request.id());
            if (Files.isDirectory(uploaded) && !Files.exists(layout.uploads(run.id()))) {
                Files.move(uploaded, layout.uploads(run.id()), StandardCopyOption.ATOMIC_MOVE);
            }
            FileTrees.remove(layout.request(request.id()));
            DurableFiles.write(directory.resolve("input.json"), json.pretty(RunJson.input(request)));
            DurableFiles.write(
                    directory.resolveSibling("latest_run_id"), run.id().value() + "\n");
        } catch (IOException e) {
            throw DiskFaults.explained(e, directory);
        }
    }

    @Override
    public String directory(RunId run) {
        return layout.run(run).toString();
    }

    @Override
    public Map<String, String> uploads(RunId run) {
        Path uploads = layout.uploads(run);
        if (!Files.isDirectory(uploads)) {
            return Map.of();
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(uploads)) {
            entries.filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                    .forEach(entry -> files.put(entry.getFileName().toString(), entry.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Override
    public void installSkill(RunId run, InstalledSkill skill, String folder, String instructions) {
        Path target = SafePath.below(layout.run(run), folder)
                .orElseThrow()
                .resolve(skill.manifest().id().value());
        FileTrees.remove(target);
        Path source = Path.of(skill.location());
        try {
            Files.createDirectories(target.getParent());
            Files.walkFileTree(source, new SkillCopy(source, target));
            Path text = target.resolve("SKILL.md");
            String content = Files.readString(text);
            if (!content.contains(instructions)) {
                DurableFiles.write(text, content.stripTrailing() + "\n\n" + instructions);
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, target);
        }
    }

    @Override
    public void writeSettings(RunId run, Map<String, String> files) {
        Path directory = layout.run(run);
        files.forEach((name, content) -> {
            Path file = SafePath.below(directory, name)
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' leads out of the run directory"));
            try {
                makeFoldersTo(file, directory);
            } catch (IOException e) {
                throw DiskFaults.explained(e, file);
            }
            DurableFiles.write(file, content);
        });
    }

    /** Makes the folders in which a file shall lie; an agent of an earlier turn may have put a link in the place of one. */
    private static void makeFoldersTo(Path file, Path from) throws IOException {
        Path way = from.relativize(file);
        Files.createDirectories(from);
        for (int depth = 1; depth < way.getNameCount(); depth++) {
            Path folder = from.resolve(way.subpath(0, depth));
            if (Files.isSymbolicLink(folder)) {
                throw new IllegalArgumentException("'" + from.relativize(folder) + "' leads out of the run directory");
            }
            Files.createDirectories(folder);
        }
    }

    @Override
    public AttemptFiles openAttempt(AttemptAudit audit, String prompt) {
        RunId run = audit.run().id();
        AttemptFiles files = layout.attempt(run, audit.number());
        try {
            FileTrees.remove(Path.of(files.temporary()));
            Files.createDirectories(Path.of(files.temporary()));
            DurableFiles.write(Path.of(files.stdin()), prompt);
            DurableFiles.write(layout.audit(run).resolve("stdin." + audit.number() + ".log"), "");
            Path logs = Files.createDirectories(layout.run(run).resolve("logs"));
            DurableFiles.write(logs.resolve("prompt.txt"), prompt);
            for (OutputStreamKind stream : OutputStreamKind.values()) {
                Path file = layout.stream(run, stream, audit.number());
                createIfAbsent(file);
                mirror(file, logs.resolve(stream.wire() + ".txt"));
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
        records.opened(audit);
        return files;
    }

    @Override
    public AttemptFiles attemptFiles(RunId run, int number) {
        return layout.attempt(run, number);
    }

    @Override
    public void closeAttempt(AttemptAudit audit) {
        try {
            FileTrees.remove(
                    Path.of(layout.attempt(audit.run().id(), audit.number()).temporary()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "run {}: temporary files could not be removed: {}",
                    audit.run().id(),
                    e.toString());
        }
        records.closed(audit);
    }

    @Override
    public void writeStatus(Run run, int timeoutSeconds) {
        DurableFiles.write(
                layout.run(run.id()).resolve("status.json"), json.pretty(RunJson.status(run, timeoutSeconds)));
    }

    @Override
    public void writeResult(RunId run, RunResult result) {
        DurableFiles.write(layout.result(run), json.pretty(RunJson.result(result)));
    }

    @Override
    public Optional<Map<String, Object>> readResult(RunId run) {
        Path file = layout.result(run);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return json.parseObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createIfAbsent(Path file) throws IOException {
        try {
            Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is kept", file.getFileName());
        }
    }

    /** The same bytes under the name people look for; one file with two names, so that it costs nothing. */
    private static void mirror(Path file, Path name) {
        try {
            if (!Files.exists(name)) {
                Files.createLink(name, file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("logs/{} can't be linked on this file system: {}", name.getFileName(), e.toString());
        }
    }

    /** Copies regular files only, without {@code .git}; the owner may execute what the owner may execute. */
    private static final class SkillCopy extends SimpleFileVisitor<Path> {
        private final Path source;
        private final Path target;

        SkillCopy(Path source, Path target) {
            this.source = source;
            this.target = target;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.getFileName().toString().equals(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target.resolve(source.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                Files.copy(
                        file,
                        target.resolve(source.relativize(file)),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
