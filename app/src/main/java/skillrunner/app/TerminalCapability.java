package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import skillrunner.app.settings.TerminalSettings;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.terminal.TerminalGateway;
import skillrunner.application.terminal.TerminalHome;
import skillrunner.application.terminal.TerminalLimits;
import skillrunner.application.terminal.TerminalMachine;
import skillrunner.application.terminal.Terminals;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.http.page.Pages;
import skillrunner.http.terminal.TerminalPage;
import skillrunner.http.terminal.TerminalRoutes;
import skillrunner.process.gateway.TtydGateway;
import skillrunner.process.probe.MachineTerminalProbe;
import skillrunner.workspace.terminal.FilesystemTerminalFolders;

/** Everything of a server that has to do with showing engines' own interfaces in a terminal. */
final class TerminalCapability implements AutoCloseable {
    private final Basics basics;
    private final Engines engines;
    private final FilesystemTerminalFolders folders;
    private final Terminals terminals;
    private final TerminalSettings settings;
    private final BooleanSupplier available;

    private TerminalCapability(
            Basics basics,
            TerminalSettings settings,
            EngineParts parts,
            Consoles consoles,
            ExclusiveUse use,
            RenewSignIns signIns,
            Map<String, String> environment) {
        StorageSettings storage = basics.settings().storage();
        this.basics = basics;
        this.settings = settings;
        this.engines = parts.engines();
        this.folders = new FilesystemTerminalFolders(
                storage.data().resolve("ui_shell_sessions"), basics.json(), basics.clock());
        TtydGateway ttyd = new TtydGateway(parts.binaries(), settings.ttyd(), settings.ttydHost(), settings.ttydPort());
        this.available = settings.byTtyd() ? ttyd::isAvailable : () -> true;
        this.terminals = new Terminals(
                engines,
                new TerminalMachine(
                        consoles,
                        parts.binaries(),
                        new MachineTerminalProbe(parts.binaries(), "probes:" + storage.data()),
                        name -> Optional.ofNullable(environment.get(name)),
                        settings.byTtyd() ? ttyd : TerminalGateway.EMBEDDED),
                new TerminalHome(
                        parts.home(),
                        parts.trusted(),
                        signIns,
                        storage.agentHome().toAbsolutePath().toString()),
                folders,
                use,
                basics.threads(),
                basics.ids(),
                basics.clock(),
                new TerminalLimits(settings.life(), settings.idle(), TerminalLimits.EARLY_END));
    }

    static TerminalCapability wire(
            Basics basics,
            TerminalSettings settings,
            EngineParts parts,
            Consoles consoles,
            ExclusiveUse use,
            RenewSignIns signIns,
            Map<String, String> environment) {
        return new TerminalCapability(basics, settings, parts, consoles, use, signIns, environment);
    }

    /** The routes, which come before those that take any engine's name. */
    List<Consumer<RoutesConfig>> routes(Pages pages) {
        return List.of(new TerminalRoutes(terminals, engines, pages, basics.clock())::register);
    }

    /** What the page of the engines is given. */
    TerminalPage page() {
        return new TerminalPage(terminals, engines, available, settings.byTtyd());
    }

    /** Ends what an earlier server left, and removes what is old. To be called before the port is open. */
    void recover() {
        terminals.recover();
        folders.sweep();
    }

    @Override
    public void close() {
        terminals.close();
    }
}
