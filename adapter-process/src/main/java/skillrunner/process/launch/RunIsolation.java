package skillrunner.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import skillrunner.application.storage.Patience;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.files.OwnUser;

/**
 * What keeps the processes of a run together on this machine. Whether a PID namespace can be had depends on rights, on the
 * kernel's settings and on the container around it, so it is tried and not guessed. Immutable.
 */
public final class RunIsolation {
    private static final long PATIENCE_SECONDS = 10;

    /** Says who its parent is, who it is, and who {@code /proc} says it is; the exit code must arrive as well. */
    private static final String TRIAL = "read -r stat </proc/$$/stat && [ ${stat%% *} = $$ ] && echo $PPID; exit 7";

    private static final String TRIAL_ANSWER = "1";
    private static final int TRIAL_CODE = 7;

    private final List<String> prefix;
    private final List<String> terminalPrefix;
    private final String detail;

    private RunIsolation(List<String> prefix, List<String> terminalPrefix, String detail) {
        this.prefix = List.copyOf(prefix);
        this.terminalPrefix = List.copyOf(terminalPrefix);
        this.detail = detail;
    }

    private static RunIsolation none(String detail) {
        return new RunIsolation(List.of(), List.of(), detail);
    }

    /**
     * Doesn't use what the machine offers.
     *
     * @return marker, session and ancestry
     */
    public static RunIsolation switchedOff() {
        return none("PID namespaces are switched off");
    }

    /**
     * Tries what this machine offers. Takes some milliseconds; if it fails, it is tried again for some seconds.
     *
     * @return a PID namespace if a trial succeeded, else marker, session and ancestry
     * @throws UnavailableException if this thread is interrupted meanwhile
     */
    public static RunIsolation ofThisMachine() {
        Optional<String> unshare = Programs.find("unshare");
        Optional<String> setpriv = Programs.find("setpriv");
        Optional<String> setsid = Programs.find("setsid");
        if (unshare.isEmpty() || setpriv.isEmpty() || setsid.isEmpty()) {
            return none("unshare, setpriv and setsid of util-linux were not found");
        }
        boolean root = OwnUser.isRoot();
        List<String> namespace = new ArrayList<>(List.of(unshare.get()));
        if (!root) {
            // Not for root: of all users only root itself would be left in the namespace, which programs of root's rely
            // on.
            namespace.addAll(List.of("--user", "--map-current-user"));
        }
        namespace.addAll(List.of("--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"));
        // Whoever kills the shim kills the namespace, also while no server is there to notice.
        List<String> command = new ArrayList<>(List.of(setpriv.get(), "--pdeathsig", "KILL", "--"));
        command.addAll(namespace);
        // In the shim's process group a CLI that signals its own group would reach out of the namespace.
        command.add(setsid.get());
        command.addAll(List.of("/bin/sh", "-c", Scripts.read("first.sh"), "skill-runner-first"));
        RunIsolation found =
                tried(command, root ? "a PID namespace for each run" : "a PID and a user namespace for each run");
        return found.prefix.isEmpty() ? found : found.alsoForTerminals(namespace);
    }

    /** In a session of its own a program would have no terminal, and who forks for the server is a thread that may end. */
    private RunIsolation alsoForTerminals(List<String> namespace) {
        List<String> terminal = new ArrayList<>(namespace);
        terminal.addAll(List.of("/bin/sh", "-c", Scripts.read("first-in-terminal.sh"), "skill-runner-first"));
        return new RunIsolation(prefix, terminal, detail);
    }

    /** A machine without processes or memory to spare refuses as one does that forbids it, so once is not enough. */
    static RunIsolation tried(List<String> prefix, String kept) {
        try {
            Optional<String> failure = Patience.until(RetryPolicy.TRIAL, () -> trial(prefix), Optional::isEmpty);
            return failure.map(reason -> none("no PID namespace can be had, tried "
                            + (RetryPolicy.TRIAL.pauses().size() + 1) + " times: " + reason))
                    .orElseGet(() -> new RunIsolation(prefix, List.of(), kept));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whoever was interrupted knows nothing; the next who asks tries anew. */
    private static UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException("what keeps runs together could not be tried to the end", e);
    }

    /**
     * Returns what was found.
     *
     * @return the value
     */
    public ProcessIsolation kind() {
        return prefix.isEmpty() ? ProcessIsolation.PROCESS_TREE : ProcessIsolation.PID_NAMESPACE;
    }

    /**
     * Says for people what was found, and why there is no more.
     *
     * @return one line
     */
    public String detail() {
        return prefix.isEmpty()
                ? "runs are kept together by marker, session and ancestry; " + detail
                : "runs are kept together by " + detail;
    }

    /** What stands before a CLI's program and arguments. */
    List<String> prefix() {
        return prefix;
    }

    /**
     * Returns what keeps together what a program in a terminal starts: nothing of it outlives the program.
     *
     * @return what stands before its command; empty if this machine does not offer it
     */
    public List<String> terminalPrefix() {
        return terminalPrefix;
    }

    /** @return why it does not work; empty if it does */
    private static Optional<String> trial(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("/bin/sh", "-c", TRIAL));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("the trial did not end within " + PATIENCE_SECONDS + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() == TRIAL_CODE && said.equals(TRIAL_ANSWER)) {
                return Optional.empty();
            }
            return Optional.of(said.isEmpty() ? "the trial ended with " + process.exitValue() : firstLine(said));
        } catch (IOException e) {
            return Optional.of(firstLine(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
