package skillrunner.testkit.console;

import java.util.List;
import java.util.Map;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.console.Consoles;

class ScriptedConsolesTest extends ConsolesContract {
    @Override
    protected Stage emptyStage() {
        return new ScriptedStage();
    }

    private static final class ScriptedStage implements Stage {
        private final ScriptedConsoles consoles = new ScriptedConsoles();

        @Override
        public Consoles consoles() {
            return consoles;
        }

        @Override
        public ConsoleProgram program(ConsoleSize size) {
            return new ConsoleProgram(List.of("/bin/program"), Map.of(), "/", "marker", size);
        }

        @Override
        public ConsoleProgram missing() {
            return new ConsoleProgram(List.of(ScriptedConsoles.MISSING), Map.of(), "/", "marker", ConsoleSize.USUAL);
        }

        @Override
        public void prints(String text) {
            consoles.last().prints(text);
        }

        @Override
        public void exits(int code) {
            consoles.last().exits(code);
        }

        @Override
        public String line() {
            return consoles.last().typed().lines().findFirst().orElseThrow();
        }

        @Override
        public ConsoleSize size() {
            return consoles.last().size();
        }
    }
}
