package skillrunner.testkit.upgrade;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;

class ScriptedUpgraderTest extends EngineUpgraderContract {
    @Override
    protected Machine newMachine() {
        ScriptedUpgrader upgrader = new ScriptedUpgrader();
        CountDownLatch go = new CountDownLatch(1);
        return new Machine() {
            @Override
            public EngineUpgrader upgrader() {
                return upgrader;
            }

            @Override
            public void succeeds() {
                upgrader.answers(EngineId.CODEX, EngineUpgradeResult.succeeded("", "", Optional.empty()));
            }

            @Override
            public void fails() {
                upgrader.answers(EngineId.CODEX, EngineUpgradeResult.failed("", "", "exit 1", Optional.empty()));
            }

            @Override
            public void works() {
                upgrader.onUpgrade(EngineId.CODEX, task -> {
                    upgrader.writes(BEGUN, "");
                    while (go.getCount() > 0 && !upgrader.isCanceled()) {
                        Thread.onSpinWait();
                    }
                    return EngineUpgradeResult.succeeded(BEGUN, "", Optional.empty());
                });
            }

            @Override
            public void release() {
                go.countDown();
            }
        };
    }
}
