package skillrunner.process.launch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.process.table.ProcessIdentity;

/**
 * Ends a process tree: SIGINT, two seconds, SIGTERM, three seconds, SIGKILL. The tree is looked up again and again, since
 * it may grow while it dies. The shim is spared until the rest is gone, so that it can record the exit code. What takes too
 * much is not asked first.
 */
final class TreeKiller {
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration TERMINATE_PATIENCE = Duration.ofSeconds(3);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SHIM_PATIENCE = Duration.ofSeconds(1);

    /** A tree that still grows after so many looks grows faster than it can be stopped; it is killed as well as it goes. */
    private static final int MOST_FREEZES = 50;

    private final ProcessTree tree;
    private final SeenProcesses seen;
    private final Set<ProcessIdentity> asked = new HashSet<>();
    private final Set<ProcessIdentity> writers = new HashSet<>();

    private enum Signal {
        INT(INTERRUPT_PATIENCE, ProcessEnd.INTERRUPTED),
        TERM(TERMINATE_PATIENCE, ProcessEnd.TERMINATED),
        KILL(KILL_PATIENCE, ProcessEnd.KILLED);

        private final Duration patience;
        private final ProcessEnd end;

        Signal(Duration patience, ProcessEnd end) {
            this.patience = patience;
            this.end = end;
        }
    }

    TreeKiller(ProcessTree tree) {
        this.tree = tree;
        this.seen = new SeenProcesses(tree);
    }

    /** Ends the tree. @return what became of it */
    ProcessesEnded kill() {
        return goneAfter(Signal.INT) || goneAfter(Signal.TERM) ? ended(List.of()) : killed();
    }

    /** Ends the tree, without an interrupt first, which a program on a screen takes for a key. @return what became of it */
    ProcessesEnded terminate() {
        return goneAfter(Signal.TERM) ? ended(List.of()) : killed();
    }

    /** Ends the tree by force. @return what became of it */
    ProcessesEnded killAtOnce() {
        if (tree.isClosed()) {
            seen.look(tree.members());
            // With it the kernel ends the rest in one go, however fast that grows.
            Signals.send(Signal.KILL.name(), tree.firstProcess().stream().toList(), tree);
        } else if (!frozen()) {
            // The shim has started nobody yet. Whom it starts next is not to be taken for who writes its last record.
            return kill();
        }
        return killed();
    }

    /** Whoever stands still starts nobody, so that killing one after the other comes to an end. @return whether there was anybody */
    private boolean frozen() {
        Set<ProcessIdentity> frozen = new HashSet<>();
        for (int looks = 0; looks < MOST_FREEZES; looks++) {
            List<ProcessIdentity> moving = tree.members().stream()
                    .filter(member -> !frozen.contains(member))
                    .toList();
            if (moving.isEmpty()) {
                break;
            }
            Signals.send("STOP", moving, tree);
            seen.look(moving);
            seen.told(moving, ProcessEnd.KILLED);
            frozen.addAll(moving);
            asked.addAll(moving);
        }
        return !frozen.isEmpty();
    }

    private ProcessesEnded killed() {
        boolean gone = goneAfter(Signal.KILL);
        if (!gone && tree.shimIsAlive()) {
            Signals.send(Signal.KILL.name(), tree.shim().stream().toList(), tree);
            gone = goneAfter(Signal.KILL);
        }
        return ended(gone ? List.of() : withoutWriters(tree.members()));
    }

    /** Who got no signal of its own ended with the shim. */
    private ProcessesEnded ended(List<ProcessIdentity> left) {
        return seen.ended(left, tree.isClosed() ? ProcessEnd.WITH_NAMESPACE : ProcessEnd.KILLED);
    }

    /**
     * Waits for a shim whose exit record is there: it is in its last instruction.
     *
     * @return whether it is gone
     */
    boolean shimEndsByItself() {
        long deadline = System.nanoTime() + SHIM_PATIENCE.toNanos();
        GrowingPause pause = new GrowingPause();
        while (tree.shimIsAlive()) {
            if (System.nanoTime() > deadline || !pause.take()) {
                return false;
            }
        }
        return true;
    }

    /** Sends the signal once to every member, whenever it turns up. */
    private boolean goneAfter(Signal signal) {
        Set<ProcessIdentity> told = new HashSet<>();
        long deadline = System.nanoTime() + signal.patience.toNanos();
        long shimDeadline = Long.MAX_VALUE;
        GrowingPause pause = new GrowingPause();
        while (true) {
            List<ProcessIdentity> members = tree.members();
            boolean shimAlive = tree.shimIsAlive();
            seen.look(withoutWriters(members));
            if (members.isEmpty() && !shimAlive) {
                return true;
            }
            long now = System.nanoTime();
            if (members.isEmpty()) {
                // Only the shim is left: it is writing the exit code, or has not started the CLI yet.
                shimDeadline = Math.min(shimDeadline, now + SHIM_PATIENCE.toNanos());
            } else {
                shimDeadline = Long.MAX_VALUE;
                List<ProcessIdentity> untold = members.stream()
                        .filter(target -> !told.contains(target) && !isLastRecord(signal, target))
                        .toList();
                Signals.send(signal.name(), untold, tree);
                seen.told(untold, signal.end);
                told.addAll(untold);
                asked.addAll(untold);
                if (!untold.isEmpty()) {
                    pause = new GrowingPause();
                }
            }
            if (now > deadline || now > shimDeadline || !pause.take()) {
                return false;
            }
        }
    }

    /** Whoever writes the shim's last record is no process of the run's. */
    private List<ProcessIdentity> withoutWriters(List<ProcessIdentity> members) {
        members.stream()
                .filter(member -> !asked.isEmpty() && !asked.contains(member) && tree.isOfTheShim(member))
                .forEach(writers::add);
        return members.stream().filter(member -> !writers.contains(member)).toList();
    }

    /**
     * Whom the shim started after everybody had been asked to end writes down how the CLI ended, and can't refuse to be
     * killed. If it is something else, it is killed once the shim is gone.
     */
    private boolean isLastRecord(Signal signal, ProcessIdentity target) {
        return signal == Signal.KILL && !asked.contains(target) && tree.isOfTheShim(target);
    }
}
