package skillrunner.testkit.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.TurnPlan;
import skillrunner.application.run.turn.Workspace;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.storage.StoredBytes;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.storage.ScriptedDisk;

/** Run directories in maps, on a {@link ScriptedDisk}. Safe for concurrent use. */
public final class InMemoryWorkspaces implements RunWorkspaces, RunRecords, RunArtifacts, AnswerFiles, WorkspaceMeter {
    private static final String SKILL = "skill";
    private static final String SETTINGS = "settings";

    private final StrictJson json = new StrictJson();
    private final ScriptedDisk disk;
    private final InMemoryOutput output;
    private final InMemoryUploads uploads;
    private final Set<RunId> directories = new HashSet<>();
    private final Map<RunId, TreeMap<String, String>> files = new HashMap<>();
    private final Map<RunId, TreeMap<String, byte[]>> artifacts = new HashMap<>();
    private final Map<RunId, RunResult> results = new HashMap<>();
    private final Map<RunId, RunStatus> mirrors = new HashMap<>();
    private final Map<RunId, Map<String, String>> settings = new HashMap<>();
    private final Map<RunId, String> instructions = new HashMap<>();
    private final Map<RunId, Measure> fillings = new HashMap<>();
    private final Set<RunId> hidden = new HashSet<>();
    private final List<AttemptAudit> closed = new ArrayList<>();
    private @Nullable Supplier<? extends RuntimeException> failingLooks;
    private int mostListed = Integer.MAX_VALUE;
    private final Map<RunId, Set<String>> torn = new HashMap<>();
    private final Map<RunId, Set<String>> secured = new HashMap<>();

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     * @param output gets the opened attempts
     * @param uploads gives up the files of a request whose run starts
     */
    public InMemoryWorkspaces(ScriptedDisk disk, InMemoryOutput output, InMemoryUploads uploads) {
        this.disk = Objects.requireNonNull(disk);
        this.output = Objects.requireNonNull(output);
        this.uploads = Objects.requireNonNull(uploads);
    }

    static AttemptFiles filesOf(RunId run, int number) {
        String directory = "/runs/" + run;
        String workspace = directory + "/workspace";
        String audit = directory + "/.audit";
        return new AttemptFiles(
                workspace,
                audit,
                audit + "/prompt." + number + ".txt",
                audit + "/stdout." + number + ".log",
                audit + "/stderr." + number + ".log",
                audit + "/process." + number + ".json",
                audit + "/exit." + number + ".json",
                workspace + "/.tmp");
    }

    @Override
    public Taking take(RunId run, String named) {
        String path = named.startsWith("artifacts/") ? named : "artifacts/" + named;
        return list(run).paths().contains(path) ? new Taking.Taken(path) : new Taking.Refused("there is no such file");
    }

    /** From now on lists name no more files than this. */
    public synchronized void listAtMost(int files) {
        mostListed = files;
    }

    /** Leaves a file under {@code artifacts/}, as an engine would. */
    public synchronized void leave(RunId run, String path, String text) {
        artifacts
                .computeIfAbsent(run, id -> new TreeMap<>())
                .put("artifacts/" + path, text.getBytes(StandardCharsets.UTF_8));
        secured.getOrDefault(run, new HashSet<>()).remove("artifacts/" + path);
    }

    /** Makes a workspace look as full as an engine might leave it. */
    public synchronized void fill(RunId run, long bytes, long number) {
        fillings.put(run, new Measure(bytes, number));
    }

    /** Lets nobody measure a workspace any more. */
    public synchronized void hide(RunId run) {
        hidden.add(run);
    }

    @Override
    public synchronized Measure measure(RunId run, long enoughFiles) {
        if (hidden.contains(run)) {
            throw new UnavailableException("a workspace can't be measured", new IOException("hidden"));
        }
        return fillings.getOrDefault(run, Measure.NOTHING);
    }

    /** Lets every look at what engines left fail from now on. */
    public synchronized void failLooks(Supplier<? extends RuntimeException> failure) {
        failingLooks = failure;
    }

    /** Lets looks succeed again. */
    public synchronized void allowLooks() {
        failingLooks = null;
    }

    /** Loses a run's directory, as a cleanup by hand would. */
    public synchronized void lose(RunId run) {
        directories.remove(run);
        results.remove(run);
        artifacts.remove(run);
    }

    /** Loses a run's result, as a power cut would if it had not been made safe. */
    public synchronized void loseResult(RunId run) {
        results.remove(run);
    }

    /**
     * Loses what power cuts take: any of what was not brought to the disk. A copy of the skill and settings are never brought
     * there, artifacts only by {@link #secure}.
     *
     * @param kept tells how many of so many are kept
     */
    public synchronized void losePower(IntUnaryOperator kept) {
        // In an order of its own, so that the same story is told again.
        TreeMap<String, RunId> known = new TreeMap<>();
        directories.forEach(run -> known.put(run.value(), run));
        for (RunId run : known.values()) {
            for (String part : List.of(SKILL, SETTINGS)) {
                if (kept.applyAsInt(1) == 0) {
                    tear(run, part);
                }
            }
            artifacts
                    .getOrDefault(run, new TreeMap<>())
                    .keySet()
                    .removeIf(path -> !secured.getOrDefault(run, Set.of()).contains(path) && kept.applyAsInt(1) == 0);
        }
    }

    /** Names what was begun in a run's directory and not brought to its end, or lost half of itself since. */
    public synchronized Set<String> torn(RunId run) {
        return Set.copyOf(torn.getOrDefault(run, Set.of()));
    }

    /** Returns the uploaded files of a run, name to content. */
    public synchronized Map<String, String> files(RunId run) {
        return new TreeMap<>(files.getOrDefault(run, new TreeMap<>()));
    }

    /** Returns the artifacts of a run, path to content. */
    public synchronized Map<String, String> artifacts(RunId run) {
        TreeMap<String, String> texts = new TreeMap<>();
        artifacts
                .getOrDefault(run, new TreeMap<>())
                .forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    /** Tells whether a run has a directory. */
    public synchronized boolean exists(RunId run) {
        return directories.contains(run);
    }

    /** Returns the result as it was written. */
    public synchronized Optional<RunResult> result(RunId run) {
        return Optional.ofNullable(results.get(run));
    }

    /** Returns the status as it was mirrored last. */
    public synchronized Optional<RunStatus> mirroredStatus(RunId run) {
        return Optional.ofNullable(mirrors.get(run));
    }

    /** Returns what was appended to the copy of the skill. */
    public synchronized Optional<String> instructions(RunId run) {
        return Optional.ofNullable(instructions.get(run));
    }

    /** Returns the engine's settings as last written; empty if there are none. */
    public synchronized Map<String, String> settings(RunId run) {
        return settings.getOrDefault(run, Map.of());
    }

    /** Returns the records of closed attempts, oldest first. */
    public synchronized List<AttemptAudit> closedAttempts() {
        return List.copyOf(closed);
    }

    @Override
    public Workspace create(Run run, RunRequest request) {
        inTwoSteps(run.id(), "directory", () -> directories.add(run.id()), () -> moveUploads(run, request));
        return new Workspace(filesOf(run.id(), 1).workspace(), uploads(run.id()));
    }

    private void moveUploads(Run run, RunRequest request) {
        TreeMap<String, String> moved = new TreeMap<>(uploads.move(request.id()));
        files.merge(run.id(), moved, (present, more) -> {
            present.putAll(more);
            return present;
        });
    }

    @Override
    public synchronized Map<String, String> uploads(RunId run) {
        Map<String, String> paths = new TreeMap<>();
        files.getOrDefault(run, new TreeMap<>())
                .keySet()
                .forEach(name -> paths.put(name, filesOf(run, 1).workspace() + "/uploads/" + name));
        return paths;
    }

    @Override
    public AttemptFiles open(RunId run, InstalledSkill skill, TurnPlan plan) {
        installSkill(run, plan.instructions());
        writeSettings(run, plan.settings());
        return openAttempt(plan.audit(), plan.prompt());
    }

    private void installSkill(RunId run, String text) {
        inTwoSteps(run, SKILL, () -> instructions.put(run, ""), () -> instructions.put(run, text));
    }

    private void writeSettings(RunId run, Map<String, String> files) {
        inTwoSteps(run, SETTINGS, () -> settings.put(run, Map.of()), () -> settings.put(run, Map.copyOf(files)));
    }

    /** A change that is torn if it is cut off between its two steps. */
    private void inTwoSteps(RunId run, String part, Runnable first, Runnable second) {
        disk.beforeWrite(part);
        synchronized (this) {
            tear(run, part);
            first.run();
        }
        disk.midway(part);
        synchronized (this) {
            second.run();
            torn.getOrDefault(run, new HashSet<>()).remove(part);
        }
    }

    private void tear(RunId run, String part) {
        torn.computeIfAbsent(run, id -> new HashSet<>()).add(part);
    }

    private AttemptFiles openAttempt(AttemptAudit audit, String prompt) {
        RunId run = audit.run().id();
        inTwoSteps(run, "prompt", () -> {}, () -> output.open(run, audit.number(), prompt));
        return filesOf(run, audit.number());
    }

    @Override
    public void endTurn(RunId run, int number, OutputPosition end) {
        disk.beforeWrite("prompt");
        output.end(run, number, end);
    }

    @Override
    public void goOn(AttemptAudit audit, String prompt, String reply) {
        disk.beforeWrite("prompt");
        output.goOn(audit.run().id(), audit.number(), prompt);
    }

    @Override
    public AttemptFiles attemptFiles(RunId run, int number) {
        return filesOf(run, number);
    }

    @Override
    public synchronized void closeAttempt(AttemptAudit audit) {
        closed.add(audit);
    }

    @Override
    public synchronized void writeStatus(Run run, int timeoutSeconds) {
        disk.beforeWrite("status");
        mirrors.put(run.id(), run.status());
    }

    @Override
    public synchronized void writeResult(RunId run, RunResult result) {
        disk.beforeWrite("result");
        results.put(run, result);
    }

    @Override
    public void remove(RunId run) {
        disk.beforeWrite("folder");
        synchronized (this) {
            for (Map<RunId, ?> part :
                    List.of(files, artifacts, results, mirrors, settings, instructions, fillings, torn, secured)) {
                part.remove(run);
            }
            directories.remove(run);
        }
    }

    /** Tells whether anything is left of a run. */
    public synchronized boolean hasTracesOf(RunId run) {
        return directories.contains(run)
                || Stream.of(files, artifacts, results, mirrors, settings, instructions)
                        .anyMatch(part -> part.containsKey(run));
    }

    @Override
    public synchronized Optional<StoredBytes> storedResult(RunId run) {
        return result(run).map(result -> {
            String answer = result.data()
                    .map(data -> ", \"data\": " + json.canonical(data))
                    .orElse("");
            byte[] document =
                    ("{\"status\":\"" + result.status() + "\"" + answer + "}").getBytes(StandardCharsets.UTF_8);
            return new StoredBytes(
                    document.length, (from, length) -> new ByteArrayInputStream(document, (int) from, (int) length));
        });
    }

    @Override
    public synchronized Optional<RunFailure> writtenFailure(RunId run) {
        return result(run).flatMap(RunResult::failure);
    }

    @Override
    public Listing secure(RunId run) {
        disk.midway("artifacts");
        synchronized (this) {
            Listing found = list(run);
            secured.put(run, new HashSet<>(found.paths()));
            return found;
        }
    }

    @Override
    public synchronized Listing list(RunId run) {
        if (failingLooks != null) {
            throw failingLooks.get();
        }
        List<String> paths =
                List.copyOf(artifacts.getOrDefault(run, new TreeMap<>()).keySet());
        return new Listing(paths.subList(0, Math.min(paths.size(), mostListed)), paths.size() <= mostListed, 0);
    }

    @Override
    public synchronized Optional<Artifact> open(RunId run, String path) {
        if (RelativePath.parse(path).isEmpty()) {
            throw new RefusedException(ErrorCode.PATH_INVALID, "not a path below artifacts/");
        }
        return Optional.ofNullable(artifacts.getOrDefault(run, new TreeMap<>()).get(path))
                .map(bytes -> {
                    String name = path.substring(path.lastIndexOf('/') + 1);
                    return new Artifact(name, bytes.length, () -> new ByteArrayInputStream(bytes));
                });
    }
}
