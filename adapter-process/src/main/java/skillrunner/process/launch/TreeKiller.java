package skillrunner.process.launch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends a process tree: SIGINT, two seconds, SIGTERM, three seconds, SIGKILL. The tree is looked up again and again, since
 * it may grow while it dies. The shim is spared until the rest is gone, so that it can record the exit code.
 */
final class TreeKiller {
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration TERMINATE_PATIENCE = Duration.ofSeconds(3);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SHIM_PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_EVERY_MILLIS = 15;

    private final ProcessTree tree;
    private final Optional<ProcessIdentity> shim;

    TreeKiller(ProcessTree tree, Optional<ProcessIdentity> shim) {
        this.tree = tree;
        this.shim = shim;
    }

    /** Ends the tree. @return how many are left */
    int kill() {
        boolean gone = goneAfter("INT", INTERRUPT_PATIENCE)
                || goneAfter("TERM", TERMINATE_PATIENCE)
                || goneAfter("KILL", KILL_PATIENCE);
        if (shim.filter(tree::alive).isPresent()) {
            Signals.send("KILL", List.of(shim.get()), tree);
            gone = goneAfter("KILL", KILL_PATIENCE);
        }
        return gone ? 0 : tree.membersBut(Optional.empty()).size();
    }

    /** Sends the signal once to every member, whenever it turns up. */
    private boolean goneAfter(String signal, Duration patience) {
        Set<ProcessIdentity> told = new HashSet<>();
        long deadline = System.nanoTime() + patience.toNanos();
        long shimDeadline = Long.MAX_VALUE;
        while (true) {
            List<ProcessIdentity> members = tree.membersBut(shim);
            boolean shimAlive = shim.filter(tree::alive).isPresent();
            if (members.isEmpty() && !shimAlive) {
                return true;
            }
            long now = System.nanoTime();
            if (members.isEmpty()) {
                // Only the shim is left: it is writing the exit code, or has not started the CLI yet.
                shimDeadline = Math.min(shimDeadline, now + SHIM_PATIENCE.toNanos());
            } else {
                shimDeadline = Long.MAX_VALUE;
                members.removeIf(told::contains);
                Signals.send(signal, members, tree);
                told.addAll(members);
            }
            if (now > deadline || now > shimDeadline) {
                return false;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
