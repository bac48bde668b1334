package skillrunner.process.launch;

import java.io.IOException;
import java.nio.file.Path;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.TestBackground;
import skillrunner.process.follow.FileFollower;

/** A server in small: launches a writer in another JVM and then waits to be killed. */
final class Launcher {
    static final int LINES = 300;
    static final String WRITER = "i=1; while [ $i -le " + LINES + " ]; do echo line $i; echo trouble $i >&2;"
            + " if [ $i = 100 ]; then : >half; until [ -e go ]; do sleep 0.02; done; fi;"
            + " i=$((i + 1)); done; exit 7";

    private Launcher() {}

    public static void main(String[] arguments) throws IOException {
        TestAttempt attempt = TestAttempt.in(Path.of(arguments[0]), arguments[1]);
        RunIsolation isolation = ProcessTestBed.isolationOf(ProcessIsolation.valueOf(arguments[2]));
        new DetachedAgentProcesses(FileFollower.start(new TestBackground()), () -> isolation)
                .launch(attempt.script(WRITER));
        System.out.println("launched");
        int end = System.in.read();
        throw new IllegalStateException("the launcher is killed, not ended: " + end);
    }
}
