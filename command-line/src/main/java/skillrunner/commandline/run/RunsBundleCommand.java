package skillrunner.commandline.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
        OutputStream content;
        try {
            content = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailedException.usage(name + " exists, and nothing is ever written over");
        } catch (IOException e) {
            throw CommandFailedException.usage(name + " can't be written");
        }
        boolean whole = false;
        try (content) {
            connection.client().download(RunOutcome.address(state, requestId) + "/bundle", content);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
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
