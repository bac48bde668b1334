package skillrunner.process.launch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that belongs to an attempt: what descends from its shim, and whatever carries its marker. Who was seen once
 * stays a member, since a process that loses its parent can't be found through it any more. For one thread.
 */
final class ProcessTree {
    private final ProcessTable table;
    private final String marker;
    private final Set<ProcessIdentity> seen = new HashSet<>();

    ProcessTree(ProcessTable table, String marker) {
        this.table = table;
        this.marker = MarkedProcesses.VARIABLE + "=" + marker;
    }

    /** Lists the living members but the shim itself. */
    List<ProcessIdentity> membersBut(Optional<ProcessIdentity> shim) {
        List<ProcessTable.Entry> all = table.all();
        Set<Long> inTree = new HashSet<>();
        shim.filter(this::alive).ifPresent(root -> inTree.add(root.pid()));
        all.stream().map(ProcessTable.Entry::identity).filter(seen::contains).forEach(known -> inTree.add(known.pid()));
        List<ProcessIdentity> members = new ArrayList<>();
        for (boolean grown = true; grown; ) {
            grown = false;
            for (ProcessTable.Entry entry : all) {
                if (inTree.contains(entry.parent())
                        && inTree.add(entry.identity().pid())) {
                    grown = true;
                }
            }
        }
        for (ProcessTable.Entry entry : all) {
            ProcessIdentity identity = entry.identity();
            boolean isShim = shim.filter(identity::equals).isPresent();
            if (!isShim && (inTree.contains(identity.pid()) || table.carries(identity.pid(), marker))) {
                members.add(identity);
            }
        }
        seen.addAll(members);
        return members;
    }

    boolean alive(ProcessIdentity identity) {
        return table.find(identity.pid())
                .filter(entry -> entry.identity().equals(identity))
                .isPresent();
    }
}
