package skillrunner.acceptance.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

/** A run that works, whose output a test writes. */
final class WrittenRun {
    private final CoreOnFakes core;
    private final Run run;
    private final Path stdout;
    private final String address;

    WrittenRun(CoreOnFakes core, Run run, Path stdout, String address) {
        this.core = core;
        this.run = run;
        this.stdout = stdout;
        this.address = address;
    }

    /** Where its output is read. */
    String address() {
        return address;
    }

    synchronized void append(byte[] bytes) throws IOException {
        Files.write(stdout, bytes, StandardOpenOption.APPEND);
        core.server().signals.wake(run.id());
    }

    synchronized void end() {
        core.runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        core.server().signals.wake(run.id());
    }

    boolean isEnded() {
        return core.runs.find(run.id()).orElseThrow().status().isTerminal();
    }

    /** Where the next byte goes. */
    synchronized String offset() throws IOException {
        return String.format(Locale.ROOT, "%018d", Files.size(stdout));
    }

    void remove() {
        core.runs.remove(run.id());
        core.server().signals.wake(run.id());
    }
}
