package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.client.LocalFileException;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import tools.jackson.databind.JsonNode;

/** {@code runs bundle}. */
@Command(
        name = "bundle",
        description = "Save everything a run left as one zip. Nothing is ever written over.",
        mixinStandardHelpOptions = true)
final class RunsBundleCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REQUEST", description = "The id of the request.")
    private String requestId = "";

    @Option(names = "--out", paramLabel = "FILE", description = "The zip; REQUEST.zip without it.")
    @Nullable
    private Path out;

    @Option(names = "--json", description = "Print where it was saved as JSON.")
    private boolean json;

    RunsBundleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Connection connection = session.connection();
        JsonNode state = connection
                .get("/v1/management/runs/" + Connection.segment(requestId))
                .tree();
        Path name = out == null ? Path.of(requestId.replaceAll("[^A-Za-z0-9-]", "_") + ".zip") : out;
        Path file = session.surroundings().here().resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailedException.usage(name + " exists, and nothing is ever written over");
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw CommandFailedException.usage(name + " can't be written");
        }
        try {
            connection.client().save(RunOutcome.address(state, requestId) + "/bundle", file);
        } catch (LocalFileException e) {
            throw CommandFailedException.failed("ARTIFACT_NOT_SAVED", e.getMessage());
        }
        String saved = file.toAbsolutePath().normalize().toString();
        if (json) {
            session.console().json(Json.line(Json.object().put("saved", saved)));
        } else {
            session.console().say(saved);
        }
        return ExitCodes.SUCCEEDED;
    }
}
