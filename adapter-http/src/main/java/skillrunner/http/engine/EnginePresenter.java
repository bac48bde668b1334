package skillrunner.http.engine;

import java.util.List;
import skillrunner.application.engine.CliSource;
import skillrunner.application.overview.EngineOverview;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.http.page.Messages;

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
                messages.text("engines.sandbox." + engine.sandbox().wire()),
                Integer.toString(engine.modelsCount()),
                engine.previousVersion().orElse(""));
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
