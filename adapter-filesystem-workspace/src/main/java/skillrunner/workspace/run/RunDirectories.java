package skillrunner.workspace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.TurnPlan;
import skillrunner.application.run.turn.Workspace;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.FoundEntry;
import skillrunner.files.SmallFiles;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.skill.InstructionsCopy;
import skillrunner.workspace.skill.SkillContent;

/** Run directories below {@code runs/}. Safe for concurrent use on different runs. */
public final class RunDirectories implements RunWorkspaces, RunRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectories.class);

    /** What the shim adds to the name of a record until it is whole. */
    private static final String UNFINISHED = ".tmp";

    private static final int MAX_ID_FILE = 1_024;

    /** Without an answer, a result has the names of artifacts and the end of stderr at most. */
    private static final int MAX_FAILED_RESULT = 4 << 20;

    private static final String SKILL_TEXT = "SKILL.md";
    private static final UntrustedFolder.Limits TOP_LEVEL = new UntrustedFolder.Limits(0, 20_000);

    private final RunLayout layout;
    private final JsonText json;
    private final AttemptRecords records;
    private final TurnEnds turnEnds;

    public RunDirectories(RunLayout layout, JsonText json, Set<String> engineFiles) {
        this.layout = Objects.requireNonNull(layout);
        this.json = Objects.requireNonNull(json);
        this.records = new AttemptRecords(layout, json, engineFiles);
        this.turnEnds = new TurnEnds(layout);
    }

    @Override
    public Workspace create(Run run, RunRequest request) {
        Path directory = layout.run(run.id());
        try {
            DurableFiles.createDirectories(layout.audit(run.id()));
            try (UntrustedFolder workspace = openWorkspace(run.id())) {
                workspace.makeFolder(List.of(RunLayout.ARTIFACTS)).close();
                Path uploaded = layout.requestUploads(request.id());
                Path uploads = workspace.path().resolve(RunLayout.UPLOADS);
                if (Files.isDirectory(uploaded) && !Files.exists(uploads, LinkOption.NOFOLLOW_LINKS)) {
                    FileTrees.renameUnsynced(uploaded, uploads);
                }
                if (run.attempt() < 2) {
                    // Later turns find the workspace as the agent left it.
                    workspace.write("input.json", bytes(json.pretty(RunJson.input(request))));
                }
            }
            FileTrees.remove(layout.request(request.id()));
            DurableFiles.replaceUnsynced(layout.latestRun(), bytes(run.id().value() + "\n"));
        } catch (IOException e) {
            throw DiskFaults.explained(e, directory);
        }
        return new Workspace(layout.workspace(run.id()).toString(), uploads(run.id()));
    }

    @Override
    public Map<String, String> uploads(RunId run) {
        Path uploads = layout.workspace(run).resolve(RunLayout.UPLOADS);
        Map<String, String> files = new TreeMap<>();
        UntrustedFolder.open(layout.run(run), layout.inWorkspace(run, RunLayout.UPLOADS))
                .ifPresent(opened -> {
                    try (opened) {
                        for (FoundEntry file :
                                opened.list(TOP_LEVEL, path -> true).files()) {
                            files.put(file.path(), uploads.resolve(file.path()).toString());
                        }
                    }
                });
        return files;
    }

    @Override
    public AttemptFiles open(RunId run, InstalledSkill skill, TurnPlan plan) {
        if (plan.attempt().number() < 2) {
            installSkill(run, skill, plan.skillFolder(), plan.instructions());
        }
        writeSettings(run, plan.settings());
        return openAttempt(plan.audit(), plan.prompt(), plan.reply());
    }

    void installSkill(RunId run, InstalledSkill skill, String folder, String instructions) {
        String id = skill.manifest().id().value();
        try (UntrustedFolder source = UntrustedFolder.open(Path.of(skill.location()))
                        .orElseThrow(() -> new NoSuchFileException("the folder of the skill " + id));
                UntrustedFolder workspace = openWorkspace(run);
                UntrustedFolder skills = workspace.makeFolder(segments(folder))) {
            skills.remove(id);
            try (UntrustedFolder copy = skills.makeFolder(List.of(id))) {
                SkillContent.copy(id, source, copy);
                String content = InstructionsCopy.of(source, skill.manifest(), json);
                boolean known = content.contains(instructions);
                copy.write(SKILL_TEXT, bytes(known ? content : content.stripTrailing() + "\n\n" + instructions));
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
    }

    void writeSettings(RunId run, Map<String, String> files) {
        try (UntrustedFolder workspace = openWorkspace(run)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                List<String> segments = segments(file.getKey());
                int last = segments.size() - 1;
                byte[] content = bytes(file.getValue());
                if (last == 0) {
                    workspace.write(segments.get(0), content);
                } else {
                    try (UntrustedFolder folder = workspace.makeFolder(segments.subList(0, last))) {
                        folder.sweepEarlier();
                        folder.write(segments.get(last), content);
                    }
                }
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
    }

    /**
     * Opens an attempt: writes its prompt to the file its process will read and records which files are there. An attempt whose
     * process may have been started already keeps its output.
     *
     * @param audit what is known at the start
     * @param prompt what the engine is told
     * @return where its process reads and writes
     */
    public AttemptFiles openAttempt(AttemptAudit audit, String prompt) {
        return openAttempt(audit, prompt, Optional.empty());
    }

    private AttemptFiles openAttempt(AttemptAudit audit, String prompt, Optional<String> reply) {
        RunId run = audit.run().id();
        AttemptFiles files = layout.attempt(run, audit.number());
        try {
            try (UntrustedFolder workspace = openWorkspace(run)) {
                workspace.sweepEarlier();
                workspace.remove(RunLayout.TEMPORARY);
                workspace.makeFolder(List.of(RunLayout.TEMPORARY)).close();
            }
            Path logs = writePrompt(audit, prompt, reply);
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

    private Path writePrompt(AttemptAudit audit, String prompt, Optional<String> reply) throws IOException {
        RunId run = audit.run().id();
        DurableFiles.write(layout.prompt(run, audit.number()), prompt);
        Path answer = layout.audit(run).resolve("stdin." + audit.number() + ".log");
        if (reply.isPresent()) {
            DurableFiles.write(answer, reply.get());
        } else {
            createIfAbsent(answer);
        }
        Path logs = DurableFiles.createDirectoriesUnsynced(layout.run(run).resolve(RunLayout.LOGS));
        DurableFiles.replaceUnsynced(logs.resolve("prompt.txt"), bytes(prompt));
        return logs;
    }

    @Override
    public void endTurn(RunId run, int number, OutputPosition end) {
        turnEnds.write(run, number, end);
    }

    @Override
    public void goOn(AttemptAudit audit, String prompt, String reply) {
        RunId run = audit.run().id();
        try {
            writePrompt(audit, prompt, Optional.of(reply));
            for (OutputStreamKind stream : OutputStreamKind.values()) {
                createIfAbsent(layout.stream(run, stream, audit.number()));
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
        records.opened(audit);
    }

    @Override
    public AttemptFiles attemptFiles(RunId run, int number) {
        return layout.attempt(run, number);
    }

    @Override
    public void closeAttempt(AttemptAudit audit) {
        RunId run = audit.run().id();
        if (audit.run().keepsEngine()) {
            // It works on in its temporary files, and so does its shim.
            records.closed(audit);
            return;
        }
        UntrustedFolder.open(layout.run(run), layout.inWorkspace(run)).ifPresent(workspace -> {
            try (workspace) {
                workspace.remove(RunLayout.TEMPORARY);
            } catch (UncheckedIOException e) {
                LOG.warn("run {}: temporary files could not be removed: {}", run, e.toString());
            }
        });
        records.closed(audit);
        AttemptFiles files =
                layout.attempt(run, audit.run().interactions().keptFrom().orElse(audit.number()));
        sweep(run, Path.of(files.processRecord() + UNFINISHED), Path.of(files.exitRecord() + UNFINISHED));
    }

    @Override
    public void writeStatus(Run run, int timeoutSeconds) {
        sweep(run.id());
        replace(layout.run(run.id()).resolve(RunLayout.STATUS), json.pretty(RunJson.status(run, timeoutSeconds)));
    }

    @Override
    public void writeResult(RunId run, RunResult result) {
        Path folder = layout.run(run).resolve(RunLayout.RESULT);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            // A link would lead what is written elsewhere.
            FileTrees.remove(folder);
        }
        replace(layout.result(run), json.pretty(RunJson.result(run, result)));
    }

    @Override
    public Optional<StoredBytes> storedResult(RunId run) {
        return Files.isSymbolicLink(layout.run(run).resolve(RunLayout.RESULT))
                ? Optional.empty()
                : StoredFiles.find(layout.result(run));
    }

    @Override
    public Optional<RunFailure> writtenFailure(RunId run) {
        if (storedResult(run).isEmpty()) {
            return Optional.empty();
        }
        try {
            return json.parseObject(SmallFiles.readText(layout.result(run), MAX_FAILED_RESULT))
                    .flatMap(result -> RunJson.failureOf(run, result));
        } catch (IOException e) {
            LOG.debug("run {}: its result tells of no failure: {}", run, e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void remove(RunId run) {
        forgetLatest(run);
        removeOutput(run);
        FileTrees.remove(layout.run(run));
    }

    /** The newest first: who still follows counts bytes over all attempts, and must not be given those of one for those of another. */
    private void removeOutput(RunId run) {
        UntrustedFolder.open(layout.run(run), RunLayout.AUDIT).ifPresent(audit -> {
            try (audit) {
                for (OutputStreamKind stream : OutputStreamKind.values()) {
                    names(run, stream).forEach(audit::remove);
                }
            }
        });
    }

    private Deque<String> names(RunId run, OutputStreamKind stream) {
        Deque<String> names = new ArrayDeque<>();
        for (int attempt = 1; isThere(run, stream, attempt) || isThere(run, stream, attempt + 1); attempt++) {
            names.push(String.valueOf(layout.stream(run, stream, attempt).getFileName()));
        }
        return names;
    }

    private boolean isThere(RunId run, OutputStreamKind stream, int attempt) {
        return Files.exists(layout.stream(run, stream, attempt), LinkOption.NOFOLLOW_LINKS);
    }

    /** A name for people that leads nowhere is no reason to keep a run. */
    private void forgetLatest(RunId run) {
        Path latest = layout.latestRun();
        try {
            if (SmallFiles.readText(latest, MAX_ID_FILE).strip().equals(run.value())) {
                Files.deleteIfExists(latest);
            }
        } catch (IOException e) {
            LOG.debug("{} is left as it is: {}", latest.getFileName(), e.toString());
        }
    }

    /** Removes what was being written when a server, or the shim that records how a process ended, was killed. */
    private void sweep(RunId run, Path... unfinished) {
        try {
            for (Path file : unfinished) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
            Path directory = layout.run(run);
            for (Path folder : List.of(
                    directory,
                    layout.audit(run),
                    directory.resolve(RunLayout.LOGS),
                    directory.resolve(RunLayout.RESULT))) {
                DurableFiles.sweepEarlier(folder);
            }
        } catch (IOException e) {
            LOG.warn("run {}: unfinished files could not be removed: {}", run, e.toString());
        }
    }

    /** A folder, which only an agent without a sandbox can have put there, can't be replaced in one step, so it goes first. */
    private static void replace(Path file, String text) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            FileTrees.remove(file);
        }
        DurableFiles.write(file, text);
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

    private UntrustedFolder openWorkspace(RunId run) throws IOException {
        return UntrustedFolder.make(layout.run(run), layout.inWorkspace(run));
    }

    private static List<String> segments(String path) {
        return RelativePath.parse(path)
                .map(RelativePath::segments)
                .orElseThrow(() -> new IllegalArgumentException("'" + path + "' leads out of the workspace"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
