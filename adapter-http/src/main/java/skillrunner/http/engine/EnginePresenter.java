package skillrunner.http.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.EngineAuth;
import skillrunner.application.overview.EngineOverview;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;

/** Turns how engines stand into a table. */
final class EnginePresenter {
    private static final String NONE = "-";

    private EnginePresenter() {}

    static EngineTableView table(List<EngineOverview> engines, Messages messages) {
        return new EngineTableView(
                engines.stream().map(engine -> row(engine, messages)).toList());
    }

    private static EngineTableView.Row row(EngineOverview engine, Messages messages) {
        CliSource source = engine.auth().location().source();
        boolean signedIn = engine.auth().ready();
        return new EngineTableView.Row(
                engine.engine().wire(),
                name(engine.engine(), messages),
                engine.inUse(),
                engine.cliVersion().map(CliVersion::text).orElse(NONE),
                source != CliSource.MISSING,
                versionWarning(engine, messages),
                messages.text("engines.source." + source.wire()),
                signedIn ? "succeeded" : "idle",
                messages.text(signedIn ? "yes" : "no"),
                life(engine.auth(), messages),
                lifeEnd(engine.auth()),
                engine.auth().expired(),
                messages.text("engines.sandbox." + engine.sandbox().wire()),
                Integer.toString(engine.modelsCount()),
                engine.previousVersion().orElse(""));
    }

    /** What a person has to know of it: nothing has to be done about access that renews itself, whenever the present one ends. */
    private static String life(EngineAuth auth, Messages messages) {
        if (auth.expired()) {
            return messages.text(auth.life().expiresAt().isPresent() ? "engines.life.expired" : "engines.life.refused");
        }
        if (auth.life().renewsItself()) {
            return messages.text("engines.life.renews");
        }
        return auth.life().expiresAt().isPresent() ? messages.text("engines.life.until") : "";
    }

    private static @Nullable Moment lifeEnd(EngineAuth auth) {
        return auth.life().renewsItself()
                ? null
                : auth.life().expiresAt().map(Moment::of).orElse(null);
    }

    private static String name(EngineId engine, Messages messages) {
        String key = "signin.engine." + engine.wire();
        return messages.has(key) ? messages.text(key) : engine.wire();
    }

    private static String versionWarning(EngineOverview engine, Messages messages) {
        return engine.cliVersion().isPresent() && !engine.versionSupported()
                ? messages.text("engines.version.unsupported", engine.engine().inVariables())
                : "";
    }
}
