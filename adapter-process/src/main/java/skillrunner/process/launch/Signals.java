package skillrunner.process.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import skillrunner.application.storage.UnavailableException;
import skillrunner.process.table.ProcessIdentity;

/** Sends signals by the shell's own {@code kill}, which knows more of them than the JDK. */
final class Signals {
    private Signals() {}

    /**
     * Sends a signal to processes that still are who they were.
     *
     * @param signal name without {@code SIG}
     * @param targets whom to send it to; those that are gone are left out
     * @param tree tells who is gone
     */
    static void send(String signal, Collection<ProcessIdentity> targets, ProcessTree tree) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\" 2>/dev/null", "sh", signal));
        int fixed = command.size();
        targets.stream()
                .filter(tree::isAlive)
                .map(ProcessIdentity::pid)
                .map(String::valueOf)
                .forEach(command::add);
        if (command.size() == fixed) {
            return;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UnavailableException("no signal could be sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
