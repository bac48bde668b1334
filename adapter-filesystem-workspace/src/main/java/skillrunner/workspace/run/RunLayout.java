package skillrunner.workspace.run;

import java.nio.file.Path;
import skillrunner.application.run.AttemptFiles;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;

/**
 * Where everything about runs lies below the data directory. Ids are safe as path segments by their types.
 *
 * @param data the data directory, absolute
 */
public record RunLayout(Path data) {
    /** Makes the path absolute. */
    public RunLayout {
        data = data.toAbsolutePath().normalize();
    }

    Path run(RunId run) {
        return data.resolve("runs").resolve(run.value());
    }

    Path audit(RunId run) {
        return run(run).resolve(".audit");
    }

    Path stream(RunId run, OutputStreamKind stream, int attempt) {
        return audit(run).resolve(stream.wire() + "." + attempt + ".log");
    }

    Path prompt(RunId run, int attempt) {
        return audit(run).resolve("prompt." + attempt + ".txt");
    }

    Path artifacts(RunId run) {
        return run(run).resolve("artifacts");
    }

    Path uploads(RunId run) {
        return run(run).resolve("uploads");
    }

    Path result(RunId run) {
        return run(run).resolve("result").resolve("result.json");
    }

    Path request(RequestId request) {
        return data.resolve("requests").resolve(request.value());
    }

    Path requestUploads(RequestId request) {
        return request(request).resolve("uploads");
    }

    AttemptFiles attempt(RunId run, int attempt) {
        Path audit = audit(run);
        return new AttemptFiles(
                run(run).toString(),
                audit.toString(),
                prompt(run, attempt).toString(),
                stream(run, OutputStreamKind.STDOUT, attempt).toString(),
                stream(run, OutputStreamKind.STDERR, attempt).toString(),
                audit.resolve("process." + attempt + ".json").toString(),
                audit.resolve("exit." + attempt + ".json").toString(),
                run(run).resolve(".tmp").toString());
    }
}
