package skillrunner.acceptance.streams;

import java.io.IOException;
import java.util.List;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

/** A run that works, one of whose streams a test writes. */
final class WrittenRun {
    private final CoreOnFakes core;
    private final Run run;
    private final Ink ink;
    private final String address;

    WrittenRun(CoreOnFakes core, Run run, Ink ink, String address) {
        this.core = core;
        this.run = run;
        this.ink = ink;
        this.address = address;
    }

    /** How what a client sends is written. */
    interface Ink {
        /** Writes it, or nothing of it. @return whether it was written */
        boolean append(byte[] body) throws IOException;

        /** Where the next one goes. */
        String offset() throws IOException;
    }

    /** Where the stream is read. */
    String address() {
        return address;
    }

    /** Writes what a client sends. @return false if it is nothing that belongs into the stream */
    synchronized boolean append(byte[] body) throws IOException {
        boolean written = ink.append(body);
        core.server().signals.wake(run.id());
        return written;
    }

    synchronized void end() {
        core.runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        core.server().signals.wake(run.id());
    }

    boolean isEnded() {
        return core.runs.find(run.id()).orElseThrow().status().isTerminal();
    }

    /** Where the next byte or message goes. */
    synchronized String offset() throws IOException {
        return ink.offset();
    }

    void remove() {
        core.runs.remove(run.id());
        core.server().signals.wake(run.id());
    }
}
