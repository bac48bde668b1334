package skillrunner.workspace.run;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;

/**
 * Where everything about runs lies below the data directory. Ids are safe as path segments by their types.
 *
 * @param data the data directory, absolute
 */
public record RunLayout(Path data) {
    static final String WORKSPACE = "workspace";
    static final String ARTIFACTS = "artifacts";
    static final String UPLOADS = "uploads";
    static final String RESULT = "result";
    static final String LOGS = "logs";
    static final String STATUS = "status.json";
    static final String AUDIT = ".audit";
    static final String TEMPORARY = ".tmp";

    /** Makes the path absolute. */
    public RunLayout {
        data = data.toAbsolutePath().normalize();
    }

    Path run(RunId run) {
        return runs().resolve(run.value());
    }

    /** Names the run whose folder was made last. */
    Path latestRun() {
        return runs().resolve("latest_run_id");
    }

    private Path runs() {
        return data.resolve("runs");
    }

    /** The only part of a run that its agent may write. In runs of earlier releases it is the run directory itself. */
    Path workspace(RunId run) {
        return run(run).resolve(String.join("/", inWorkspace(run)));
    }

    /** Names a folder of the workspace by its segments below {@link #run}, each of which an agent may have replaced. */
    String[] inWorkspace(RunId run, String... names) {
        return isShared(run)
                ? names
                : Stream.concat(Stream.of(WORKSPACE), Stream.of(names)).toArray(String[]::new);
    }

    /** Tells whether a run was made when server and agent shared one folder. */
    boolean isShared(RunId run) {
        Path directory = run(run);
        return Files.isDirectory(directory.resolve(ARTIFACTS), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(directory.resolve(WORKSPACE), LinkOption.NOFOLLOW_LINKS);
    }

    Path audit(RunId run) {
        return run(run).resolve(AUDIT);
    }

    Path stream(RunId run, OutputStreamKind stream, int attempt) {
        return audit(run).resolve(stream.wire() + "." + attempt + ".log");
    }

    /** Says where the output of an attempt ends whose process goes on. */
    Path turnEnd(RunId run, int attempt) {
        return audit(run).resolve("turn-end." + attempt + ".json");
    }

    Path prompt(RunId run, int attempt) {
        return audit(run).resolve("prompt." + attempt + ".txt");
    }

    Path result(RunId run) {
        return run(run).resolve(RESULT).resolve("result.json");
    }

    Path request(RequestId request) {
        return data.resolve("requests").resolve(request.value());
    }

    Path requestUploads(RequestId request) {
        return request(request).resolve("uploads");
    }

    AttemptFiles attempt(RunId run, int attempt) {
        Path audit = audit(run);
        Path workspace = workspace(run);
        return new AttemptFiles(
                workspace.toString(),
                audit.toString(),
                prompt(run, attempt).toString(),
                stream(run, OutputStreamKind.STDOUT, attempt).toString(),
                stream(run, OutputStreamKind.STDERR, attempt).toString(),
                audit.resolve("process." + attempt + ".json").toString(),
                audit.resolve("exit." + attempt + ".json").toString(),
                workspace.resolve(TEMPORARY).toString());
    }
}
