package skillrunner.process.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.TestBackground;
import skillrunner.process.follow.FileFollower;

import static org.assertj.core.api.Assumptions.assumeThat;

/** Real processes in a temporary folder; whatever a test leaves running is ended after it. */
abstract class ProcessTestBed {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path folder;
    final FileFollower follower = FileFollower.start(new TestBackground());
    final ProcessIsolation isolation;
    final DetachedAgentProcesses processes;
    private final List<TestAttempt> attempts = new ArrayList<>();

    ProcessTestBed(ProcessIsolation isolation, Path folder) {
        this.isolation = isolation;
        this.folder = folder;
        RunIsolation found = isolationOf(isolation);
        assumeThat(found.kind()).as(found.detail()).isEqualTo(isolation);
        this.processes = new DetachedAgentProcesses(follower, () -> found);
    }

    static RunIsolation isolationOf(ProcessIsolation isolation) {
        return switch (isolation) {
            case PID_NAMESPACE -> RunIsolation.ofThisMachine();
            case PROCESS_TREE -> RunIsolation.switchedOff();
        };
    }

    boolean closed() {
        return isolation == ProcessIsolation.PID_NAMESPACE;
    }

    TestAttempt attempt() {
        return attempt("run-" + attempts.size());
    }

    TestAttempt attempt(String name) {
        return watched(TestAttempt.in(folder.resolve(name)));
    }

    TestAttempt watched(TestAttempt attempt) {
        attempts.add(attempt);
        return attempt;
    }

    @AfterEach
    void end_what_is_left() {
        attempts.forEach(attempt -> processes.stop(attempt.process()));
        follower.close();
    }

    static void eventually(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    /** Who runs a script that ends by itself: it waits until it is known, for one that is gone can't be told any more. */
    AgentProcess known(TestAttempt attempt, String script) throws IOException {
        AgentProcess known = processes
                .launch(attempt.script("until [ -e known ]; do sleep 0.02; done; " + script))
                .orElseThrow();
        attempt.make("known");
        return known;
    }

    int exitCode(TestAttempt attempt) {
        eventually(() -> processes.state(attempt.process()) instanceof State.Exited);
        return ((State.Exited) processes.state(attempt.process())).exitCode();
    }

    static void kill(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -9 " + pid).start().waitFor();
    }
}
