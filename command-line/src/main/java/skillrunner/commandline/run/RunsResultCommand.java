package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.Session;

/** {@code runs result}. */
@Command(
        name = "result",
        description = "Print the answer of a run that has ended, with the exit code of its verdict.",
        mixinStandardHelpOptions = true)
final class RunsResultCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REQUEST", description = "The id of the request.")
    private String requestId = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Save the artifacts into this empty or new folder.")
    @Nullable
    private Path out;

    @Option(names = "--json", description = "Print the verdict and the whole result as JSON.")
    private boolean json;

    RunsResultCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ArtifactFolder folder = out == null ? null : ArtifactFolder.of(out, session.surroundings());
        RunOutcome outcome = new RunOutcome(session, requestId, folder);
        outcome.refuseUnended();
        return json ? outcome.tellPrograms(false) : outcome.tell(true, Set.of());
    }
}
