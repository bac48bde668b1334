package skillrunner.testkit.run;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.RunId;

class ScriptedAgentProcessesTest extends AgentProcessesContract {
    @Override
    protected Machine emptyMachine() {
        ScriptedAgentProcesses processes = new ScriptedAgentProcesses(new InMemoryOutput());
        return new Machine() {
            @Override
            public AgentProcesses processes() {
                return processes;
            }

            @Override
            public LaunchOrder order() {
                RunId run = new RunId(UUID.randomUUID().toString());
                return new LaunchOrder(
                        "/bin/cli", List.of(), Map.of(), InMemoryWorkspaces.filesOf(run, 1), true, run + ".1", 0);
            }

            @Override
            public void end(LaunchOrder order, int code) {
                String run = order.marker().substring(0, order.marker().lastIndexOf('.'));
                processes.process(new RunId(run), 1).exits(code);
            }

            @Override
            public void killShim(LaunchOrder order, AgentProcess process) {
                String run = order.marker().substring(0, order.marker().lastIndexOf('.'));
                processes.process(new RunId(run), 1).losesItsShim();
            }

            @Override
            public void close() {}
        };
    }
}
