package skillrunner.process.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.testkit.run.AgentProcessesContract;

@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class DetachedAgentProcessesTest extends AgentProcessesContract {
    private final ProcessIsolation isolation;
    private final Path folder;

    DetachedAgentProcessesTest(ProcessIsolation isolation, @TempDir Path folder) {
        this.isolation = isolation;
        this.folder = folder;
    }

    @Override
    protected Machine emptyMachine() {
        ProcessTestBed bed = new ProcessTestBed(isolation, folder) {};
        Map<LaunchOrder, TestAttempt> attempts = new HashMap<>();
        return new Machine() {
            @Override
            public AgentProcesses processes() {
                return bed.processes;
            }

            @Override
            public LaunchOrder order() {
                TestAttempt attempt = bed.attempt();
                LaunchOrder order = attempt.script("until [ -e code ]; do sleep 0.02; done; exit $(cat code)");
                attempts.put(order, attempt);
                return order;
            }

            @Override
            public void end(LaunchOrder order, int code) {
                TestAttempt attempt = Objects.requireNonNull(attempts.get(order));
                try {
                    Path told = Files.writeString(attempt.folder().resolve("told"), Integer.toString(code));
                    Files.move(told, attempt.folder().resolve("code"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                // The shim outlives its last record for an instant.
                ProcessTestBed.eventually(() -> bed.processes.state(attempt.process()) instanceof State.Exited
                        && bed.processes.find(attempt.files(), attempt.marker()).isEmpty());
            }

            @Override
            public void killShim(LaunchOrder order, AgentProcess process) {
                TestAttempt attempt = Objects.requireNonNull(attempts.get(order));
                try {
                    ProcessTestBed.kill(process.pid());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                ProcessTestBed.eventually(() -> bed.processes.state(attempt.process()) instanceof State.Vanished);
            }

            @Override
            public void close() {
                bed.end_what_is_left();
            }
        };
    }
}
