package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import skillrunner.app.settings.SignInSettings;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignIns;
import skillrunner.application.signin.SignOut;
import skillrunner.delegate.DelegateDrivers;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.http.signin.SignInCallbacks;
import skillrunner.http.signin.SignInPage;
import skillrunner.http.signin.SignInRoutes;
import skillrunner.oauth.OAuthDrivers;
import skillrunner.workspace.signin.FilesystemSignInRecords;

/** Everything of a server that has to do with signing engines in. */
final class SignInCapability implements AutoCloseable {
    private final Engines engines;
    private final ExclusiveUse use = new ExclusiveUse();
    private final FilesystemSignInRecords records;
    private final SignIns signIns;
    private final SignOut signOut;
    private final Predicate<EngineId> ready;

    private SignInCapability(Basics basics, SignInSettings settings, EngineParts parts, Consoles consoles) {
        this.engines = parts.engines();
        this.records = new FilesystemSignInRecords(
                basics.settings().storage().data().resolve("engine_auth_sessions"), basics.json(), basics.clock());
        ReportEngineAuth auth =
                new ReportEngineAuth(engines, parts.binaries(), parts.home(), parts.renewal(), basics.clock());
        this.ready = auth::ready;
        this.signOut = new SignOut(engines, parts.home(), use, basics.ids(), basics.clock());
        this.signIns = new SignIns(
                drivers(basics, settings, parts, consoles),
                use,
                records,
                ready,
                basics.threads(),
                basics.ids(),
                basics.clock(),
                settings.life());
    }

    private static List<SignInDriver> drivers(
            Basics basics, SignInSettings settings, EngineParts parts, Consoles consoles) {
        Path home = basics.settings().storage().agentHome();
        List<SignInDriver> drivers =
                new ArrayList<>(OAuthDrivers.of(settings.oauth(), home, basics.clock(), basics.threads()));
        drivers.addAll(DelegateDrivers.of(
                settings.delegates(home),
                consoles,
                parts.binaries(),
                parts.engines(),
                parts.trusted(),
                basics.json(),
                basics.clock(),
                basics.threads()));
        return drivers;
    }

    static SignInCapability wire(Basics basics, SignInSettings settings, EngineParts parts, Consoles consoles) {
        return new SignInCapability(basics, settings, parts, consoles);
    }

    /** What a sign-in has for itself while it lasts; nobody else may work in the engines' home then. */
    ExclusiveUse use() {
        return use;
    }

    /** The routes, which come before those that take any engine's name. */
    List<Consumer<RoutesConfig>> routes() {
        return List.of(
                new SignInRoutes(signIns, signOut, engines, ready)::register, new SignInCallbacks(signIns)::register);
    }

    /** What the page of the engines is given. */
    SignInPage page() {
        return new SignInPage(signIns);
    }

    /**
     * Tells the end of the session that an earlier server left, and begins to end what is left of it and to remove what is old. To be called
     * before the port is open.
     */
    void recover() {
        signIns.recover(records::sweep);
    }

    /** Does something once nothing of a sign-in of an earlier server is in the engines' home. */
    void whenRecovered(Runnable what) {
        signIns.whenRecovered(what);
    }

    @Override
    public void close() {
        signIns.close();
    }
}
