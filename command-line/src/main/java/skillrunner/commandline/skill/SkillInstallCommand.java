package skillrunner.commandline.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.client.model.Install;
import skillrunner.client.model.InstallStatus;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import tools.jackson.databind.node.ObjectNode;

/** {@code skills install}. */
@Command(
        name = "install",
        description = "Install a skill on a server, or update it, and wait until that is done.",
        mixinStandardHelpOptions = true)
final class SkillInstallCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PATH", description = "The folder of a skill, or a zip of it.")
    private Path path = Path.of("");

    @Option(names = "--adopt", description = "Make a package of a plain skill (a folder with SKILL.md).")
    private boolean adopt;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    SkillInstallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path source =
                session.surroundings().here().resolve(path).toAbsolutePath().normalize();
        if (!Files.exists(source) || !Files.isReadable(source)) {
            throw CommandFailedException.usage("there is no " + path + " that can be read");
        }
        session.connection().reach();
        Install install = session.connection().client().install(source, adopt);
        boolean done = install.status() == InstallStatus.SUCCEEDED;
        if (json) {
            session.console().json(Json.line(document(install)));
        } else if (done) {
            session.console()
                    .say(install.skillId() + " " + install.version() + ": "
                            + ("update".equals(action(install)) ? "updated" : "installed"));
        } else {
            session.console().fault("PACKAGE_INVALID", Objects.requireNonNullElse(install.error(), "no reason given"));
        }
        return done ? ExitCodes.SUCCEEDED : ExitCodes.FAILED;
    }

    private static ObjectNode document(Install install) {
        ObjectNode document = Json.object();
        document.put("request_id", install.requestId());
        document.put("status", install.status().wire());
        document.put("skill_id", install.skillId());
        document.put("version", install.version());
        document.put("action", action(install));
        document.put("error", install.error());
        return document;
    }

    @Nullable
    private static String action(Install install) {
        var action = install.action();
        return action == null ? null : action.wire();
    }
}
