package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;

/** {@code runs watch}. */
@Command(
        name = "watch",
        description =
                "Follow a run from its beginning to its end, also over restarts of the server, and print its answer.",
        mixinStandardHelpOptions = true)
final class RunsWatchCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REQUEST", description = "The id of the request.")
    private String requestId = "";

    @Option(
            names = "--output",
            description = "Print what the engine's program writes, byte for byte, and nothing else.")
    private boolean output;

    @Option(names = "--out", paramLabel = "DIR", description = "Save the artifacts into this empty or new folder.")
    @Nullable
    private Path out;

    @Option(names = "--json", description = "Print one JSON document a line.")
    private boolean json;

    RunsWatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ArtifactFolder folder = out == null ? null : ArtifactFolder.of(out, session.surroundings());
        // A run that is not there, or a server that is not, is told at once and not waited for.
        session.connection().get("/v1/management/runs/" + Connection.segment(requestId));
        Shown shown = output ? Shown.OUTPUT : Shown.CONVERSATION;
        RunWatch watch = new RunWatch(session, requestId, shown, json);
        RunWatch.End end = watch.watch();
        if (end == RunWatch.End.LEFT) {
            return ExitCodes.INTERRUPTED;
        }
        RunOutcome outcome = new RunOutcome(session, requestId, end == RunWatch.End.ENDED ? folder : null);
        return json ? outcome.tellPrograms(true) : outcome.tell(!output, watch.warned());
    }
}
