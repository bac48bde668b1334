package skillrunner.process.launch;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.process.table.ProcessIdentity;

/** Who was seen while a tree was ended, and what was done to them. For one thread. */
final class SeenProcesses {
    private final ProcessTree tree;
    private final Set<ProcessIdentity> seen = new HashSet<>();
    private final Map<ProcessIdentity, ProcessEnd> told = new HashMap<>();
    private @Nullable ProcessIdentity last;
    private String name = "";

    SeenProcesses(ProcessTree tree) {
        this.tree = tree;
    }

    /** A look at the members; of one that found nobody nothing is kept. Only one name is asked for, and only if it is new. */
    void look(Collection<ProcessIdentity> members) {
        seen.addAll(members);
        tree.youngest(members).filter(youngest -> !youngest.equals(last)).ifPresent(youngest -> {
            last = youngest;
            name = tree.name(youngest);
        });
    }

    /** A signal was sent. */
    void told(Collection<ProcessIdentity> members, ProcessEnd end) {
        members.forEach(member -> told.put(member, end));
    }

    /**
     * Says what became of them.
     *
     * @param left who is still there
     * @param unasked how those ended whom no signal was sent to
     */
    ProcessesEnded ended(List<ProcessIdentity> left, ProcessEnd unasked) {
        look(left);
        boolean any = !seen.isEmpty();
        Optional<ProcessesEnded.Last> end = Optional.ofNullable(last)
                .map(it -> new ProcessesEnded.Last(
                        it.pid(), name, left.isEmpty() ? told.getOrDefault(it, unasked) : ProcessEnd.STILL_THERE));
        return any ? new ProcessesEnded(seen.size() - left.size(), left.size(), true, end) : ProcessesEnded.UNSEEN;
    }
}
