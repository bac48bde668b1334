package skillrunner.http.engine;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeScopeRules;
import skillrunner.http.JsonBody;

/** What a client sends to ask for an upgrade. */
final class UpgradeBody {
    private UpgradeBody() {}

    /**
     * Reads what is to be upgraded; other fields are of no interest.
     *
     * @throws RefusedException with all that is wrong with it
     */
    static UpgradeScope scope(JsonBody body, List<EngineId> known) {
        Optional<String> mode = body.text("mode");
        Optional<String> engine = body.text("engine");
        body.refuseIfWrong();
        return UpgradeScopeRules.read(mode, engine, known);
    }
}
