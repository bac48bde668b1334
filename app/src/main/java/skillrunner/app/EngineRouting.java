package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.embedding.engine.EngineCapability;
import skillrunner.http.engine.EngineManagementRoutes;
import skillrunner.http.engine.EnginePages;
import skillrunner.http.engine.EngineRoutes;
import skillrunner.http.engine.EngineUseCases;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.signin.SignInPage;
import skillrunner.http.terminal.TerminalPage;

/** What a server shows of engines. */
final class EngineRouting {
    private EngineRouting() {}

    /** The routes and pages. */
    static List<Consumer<RoutesConfig>> routes(
            EngineCapability engines,
            SignInPage signIn,
            TerminalPage terminals,
            Pages pages,
            LegacyRoutes legacy,
            Clock clock) {
        EngineUseCases useCases = new EngineUseCases(
                engines.engines(),
                engines.versions(),
                engines.auth(),
                engines.models(),
                engines.addSnapshot(),
                engines.suggestSnapshot(),
                engines.summaries(),
                engines.describe(),
                engines.upgrades(),
                engines.findUpgrade(),
                engines.rollBack());
        return List.of(
                new EngineRoutes(useCases)::register,
                new EngineManagementRoutes(useCases)::register,
                new EnginePages(useCases, signIn, terminals, pages, legacy, clock)::register);
    }
}
