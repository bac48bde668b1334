package skillrunner.app.agents;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.app.EngineWiring;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.Settings;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.files.DurableFiles;
import skillrunner.http.engine.EngineAuthDocument;
import skillrunner.oauth.OAuthRenewal;
import skillrunner.process.command.BoundedCommand;
import skillrunner.process.installs.Installation;

/** {@code agent-manager}: installs, upgrades and checks the agent CLIs, and brings credentials in. */
@Command(
        name = "agent-manager",
        description = "Install, upgrade and check the agent CLIs; works with and without a running server.",
        mixinStandardHelpOptions = true)
public final class AgentManagerCommand implements Callable<Integer> {
    private static final int BAD_CONFIGURATION = 78;
    private static final int FAILED = 1;

    private final Map<String, String> environment;
    private final Path installation;
    private final PrintStream err;

    @ArgGroup
    @Nullable
    private Mode mode;

    @Option(
            names = "--import-credentials",
            paramLabel = "DIR",
            description = "First copy the credential files found in DIR/<engine>; goes with every mode.")
    @Nullable
    private Path importFrom;

    @Option(
            names = "--status-file",
            paramLabel = "FILE",
            description = "Write the status there instead of into the data directory.")
    @Nullable
    private Path statusFile;

    /** Of these, one at most. */
    static final class Mode {
        @Option(names = "--check", description = "Write the status file and say what is in it; so does no mode at all.")
        boolean check;

        @Option(names = "--check-auth", description = "Write the file that says where CLIs are and who is signed in.")
        boolean checkAuth;

        @Option(names = "--ensure", description = "Install every engine that has no managed CLI.")
        boolean ensure;

        @Option(names = "--upgrade", description = "Install the newest version of every engine.")
        boolean upgrade;

        @Option(
                names = "--upgrade-engine",
                paramLabel = "ENGINE",
                description = "Install the newest version of one engine, such as codex.")
        @Nullable
        String upgradeEngine;
    }

    /**
     * Takes what the command knows of the outside.
     *
     * @param environment variables of this process
     * @param installation root of the installation
     * @param err takes notes; stdout belongs to npm
     */
    public AgentManagerCommand(Map<String, String> environment, Path installation, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.installation = Objects.requireNonNull(installation);
        this.err = Objects.requireNonNull(err);
    }

    @Override
    public Integer call() {
        Settings settings;
        EngineParts wiring;
        try {
            settings = Settings.read(environment, installation, Path.of(System.getProperty("user.home")));
            wiring = EngineWiring.of(settings.storage(), settings.engines(), environment);
        } catch (BadSettingException e) {
            err.println("agent-manager: " + e.getMessage());
            return BAD_CONFIGURATION;
        }
        Mode chosen = mode == null ? new Mode() : mode;
        Optional<EngineCli> one = Optional.ofNullable(chosen.upgradeEngine).map(name -> engine(wiring, name));
        wiring.engines().clis().forEach(wiring.home()::prepare);
        importCredentials(wiring);
        Path data = settings.storage().data();
        if (chosen.checkAuth) {
            String report = EngineAuthDocument.text(new ReportEngineAuth(
                            wiring.engines(),
                            wiring.binaries(),
                            wiring.home(),
                            OAuthRenewal.of(
                                    settings.signIns().oauth(),
                                    settings.storage().agentHome(),
                                    Clock.systemUTC()),
                            Clock.systemUTC())
                    .report());
            write(statusFile == null ? data.resolve("agent_auth_status.json") : statusFile, report);
            return 0;
        }
        int code = 0;
        if (chosen.ensure) {
            wiring.engines().clis().stream()
                    .filter(cli -> wiring.binaries()
                            .locate(cli.binaryNames())
                            .managed()
                            .isEmpty())
                    .forEach(cli -> install(wiring, cli));
        } else if (chosen.upgrade) {
            for (EngineCli cli : wiring.engines().clis()) {
                code = install(wiring, cli) == 0 ? code : FAILED;
            }
        } else if (one.isPresent()) {
            code = install(wiring, one.get());
        }
        List<AgentStatus> status = AgentStatus.all(wiring);
        write(statusFile == null ? data.resolve("agent_status.json") : statusFile, AgentStatus.text(status));
        if (!chosen.ensure && !chosen.upgrade && one.isEmpty()) {
            status.forEach(engine -> err.println("agent-manager: " + engine.note()));
        }
        return code;
    }

    private EngineCli engine(EngineParts wiring, String name) {
        List<EngineId> known = wiring.engines().known();
        return EngineId.parse(name)
                .flatMap(wiring.engines()::cli)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        new CommandLine(this),
                        "'" + name + "' is not an engine; known are "
                                + String.join(
                                        ", ", known.stream().map(EngineId::wire).toList())));
    }

    /** npm writes straight to our own streams; what we have to say goes to stderr. */
    private int install(EngineParts wiring, EngineCli cli) {
        err.println("agent-manager: installing " + cli.engine());
        err.flush();
        Installation installation = wiring.installer().install(cli, BoundedCommand::runInForeground);
        installation.remark().ifPresent(remark -> err.println("agent-manager: " + cli.engine() + ": " + remark));
        err.println("agent-manager: " + cli.engine() + ": "
                + installation
                        .version()
                        .map(version -> "version " + version + " is current")
                        .orElse("")
                + installation.error().orElse(""));
        return installation.code();
    }

    private void importCredentials(EngineParts wiring) {
        if (importFrom == null) {
            return;
        }
        for (EngineCli cli : wiring.engines().clis()) {
            List<String> copied = wiring.home()
                    .importCredentials(cli, importFrom.resolve(cli.engine().wire()));
            if (!copied.isEmpty()) {
                err.println("agent-manager: " + cli.engine() + ": imported " + String.join(", ", copied));
            }
        }
    }

    private static void write(Path file, String text) {
        DurableFiles.write(file.toAbsolutePath(), text);
    }
}
