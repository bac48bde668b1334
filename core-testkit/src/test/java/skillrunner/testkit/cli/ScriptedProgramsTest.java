package skillrunner.testkit.cli;

import java.util.List;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.engine.EngineBinariesContract;

class ScriptedProgramsTest extends EngineBinariesContract {
    @Override
    protected Machine emptyMachine() {
        ScriptedPrograms programs = new ScriptedPrograms(List::of);
        programs.uninstall(EngineId.CODEX.wire());
        programs.uninstall("no-such-program");
        return new Machine() {
            @Override
            public EngineBinaries binaries() {
                return programs;
            }

            @Override
            public void installNext() {
                programs.install(EngineId.CODEX.wire());
                programs.installNext(EngineId.CODEX.wire());
            }

            @Override
            public void uninstall() {
                programs.uninstall(EngineId.CODEX.wire());
            }

            @Override
            public boolean exists(String program) {
                return programs.exists(program);
            }
        };
    }
}
