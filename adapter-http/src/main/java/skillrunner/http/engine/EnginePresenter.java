package skillrunner.http.engine;

import java.util.Objects;
import skillrunner.application.engine.CliSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.http.page.Messages;

/** Turns what the management API says of engines into a table. */
final class EnginePresenter {
    private static final String NONE = "-";
    private static final String MISSING = CliSource.MISSING.wire();

    private EnginePresenter() {}

    static EngineTableView table(EngineJson.Summaries summaries, Messages messages) {
        return new EngineTableView(summaries.engines().stream()
                .map(engine -> row(engine, messages))
                .toList());
    }

    private static EngineTableView.Row row(EngineJson.Summary engine, Messages messages) {
        return new EngineTableView.Row(
                engine.engine(),
                engine.inUse(),
                Objects.requireNonNullElse(engine.cliVersion(), NONE),
                !engine.cliSource().equals(MISSING),
                versionWarning(engine, messages),
                messages.text("engines.source." + engine.cliSource()),
                engine.authReady() ? "succeeded" : "idle",
                messages.text(engine.authReady() ? "yes" : "no"),
                messages.text("engines.sandbox." + engine.sandboxStatus()),
                Integer.toString(engine.modelsCount()),
                Objects.requireNonNullElse(engine.previousVersion(), ""));
    }

    private static String versionWarning(EngineJson.Summary engine, Messages messages) {
        return Boolean.FALSE.equals(engine.cliVersionSupported())
                ? messages.text("engines.version.unsupported", new EngineId(engine.engine()).inVariables())
                : "";
    }
}
