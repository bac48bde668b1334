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
    private final String detail;

    private RunIsolation(List<String> prefix, String detail) {
        this.prefix = List.copyOf(prefix);
        this.detail = detail;
    }

    /**
     * Doesn't use what the machine offers.
     *
     * @return marker, session and ancestry
     */
    public static RunIsolation switchedOff() {
        return new RunIsolation(List.of(), "PID namespaces are switched off");
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
            return new RunIsolation(List.of(), "unshare, setpriv and setsid of util-linux were not found");
        }
        boolean root = OwnUser.isRoot();
        List<String> command = new ArrayList<>(
                // Whoever kills the shim kills the namespace, also while no server is there to notice.
                List.of(setpriv.get(), "--pdeathsig", "KILL", "--", unshare.get()));
        if (!root) {
            // Not for root: of all users only root itself would be left in the namespace, which programs of root's rely
            // on.
            command.addAll(List.of("--user", "--map-current-user"));
        }
        command.addAll(List.of("--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"));
        // In the shim's process group a CLI that signals its own group would reach out of the namespace.
        command.add(setsid.get());
        command.addAll(List.of("/bin/sh", "-c", Scripts.read("first.sh"), "skill-runner-first"));
        return tried(command, root ? "a PID namespace for each run" : "a PID and a user namespace for each run");
    }

    /** A machine without processes or memory to spare refuses as one does that forbids it, so once is not enough. */
    static RunIsolation tried(List<String> prefix, String kept) {
        try {
            Optional<String> failure = Patience.until(RetryPolicy.TRIAL, () -> trial(prefix), Optional::isEmpty);
            return failure.map(reason -> new RunIsolation(
                            List.of(),
                            "no PID namespace can be had, tried "
                                    + (RetryPolicy.TRIAL.pauses().size() + 1) + " times: " + reason))
                    .orElseGet(() -> new RunIsolation(prefix, kept));
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
