package skillrunner.process.launch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/**
 * Everything that belongs to an attempt: what descends from its shim, what is left of the shim's session, and whatever
 * carries its marker. Who was seen once stays a member, since a process that loses its parent can't be found through it any
 * more. In a PID namespace nobody loses its parent to the world outside, so there descent alone tells. For one thread.
 */
final class ProcessTree {
    /** In a namespace these stand between shim and CLI: the program that made it, and its first process. */
    private static final int FIRST_PROCESS = 2;

    private final ProcessTable table;
    private final String variable;
    private final Optional<ProcessIdentity> shim;
    private final Optional<ProcessIdentity> sessionLeader;
    private final ProcessIsolation isolation;
    private final Set<ProcessIdentity> seen = new HashSet<>();

    ProcessTree(ProcessTable table, String marker, Optional<ProcessIdentity> shim, ProcessIsolation isolation) {
        this.table = table;
        this.variable = MarkedProcesses.VARIABLE + "=" + marker;
        this.shim = shim;
        this.sessionLeader = shim;
        this.isolation = isolation;
    }

    private ProcessTree(ProcessTable table, String marker, ProcessIdentity leader) {
        this.table = table;
        this.variable = MarkedProcesses.VARIABLE + "=" + marker;
        this.shim = Optional.empty();
        this.sessionLeader = Optional.of(leader);
        this.isolation = ProcessIsolation.PROCESS_TREE;
        seen.add(leader);
    }

    /** A tree without a shim: the process that began a session is a member like the others. */
    static ProcessTree below(ProcessTable table, String marker, ProcessIdentity leader) {
        return new ProcessTree(table, marker, leader);
    }

    Optional<ProcessIdentity> shim() {
        return shim;
    }

    boolean shimIsAlive() {
        return shim.filter(table::isAlive).isPresent();
    }

    /** Tells whether the kernel ends the members with the shim. */
    boolean isClosed() {
        return isolation == ProcessIsolation.PID_NAMESPACE;
    }

    /** Tells whether the shim itself started a process: the CLI, or what renames its last record. */
    boolean isOfTheShim(ProcessIdentity identity) {
        return shimIsAlive()
                && table.find(identity.pid())
                        .filter(entry -> entry.identity().equals(identity))
                        .flatMap(entry -> shim.filter(own -> own.pid() == entry.parent()))
                        .isPresent();
    }

    String name(ProcessIdentity identity) {
        return table.name(identity.pid());
    }

    /** Who began last, as far as that can be told. */
    Optional<ProcessIdentity> youngest(Collection<ProcessIdentity> members) {
        return members.stream().reduce((first, second) -> table.beganBefore(second, first) ? first : second);
    }

    boolean isAlive(ProcessIdentity identity) {
        return table.isAlive(identity);
    }

    /**
     * Lists the living members but the shim, which is to record the end. In a namespace its first process is left out as
     * well: it ends with the CLI, and tells the shim how that ended.
     */
    List<ProcessIdentity> members() {
        return isClosed() && shimIsAlive() ? inNamespace() : scattered();
    }

    /** The first process of a namespace; empty without a namespace, and if it is gone or not there yet. */
    Optional<ProcessIdentity> firstProcess() {
        return isClosed() && shimIsAlive()
                ? descendants(table.all(), Set.of()).entrySet().stream()
                        .filter(entry -> entry.getValue() == FIRST_PROCESS)
                        .map(entry -> entry.getKey().identity())
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Lists the members that can be told by descent and session alone, which costs much less than {@link #members}; nothing
     * is remembered.
     *
     * @param enough in a namespace the list may end once it is longer
     */
    List<ProcessIdentity> family(long enough) {
        if (!shimIsAlive()) {
            return List.of();
        }
        if (isClosed()) {
            Optional<List<ProcessIdentity>> below = childrenBelow(enough);
            if (below.isPresent()) {
                return below.get();
            }
        }
        List<ProcessTable.Entry> all = table.all();
        int around = isClosed() ? FIRST_PROCESS : 0;
        Set<ProcessIdentity> family = descendants(all, Set.of()).entrySet().stream()
                .filter(entry -> entry.getValue() > around)
                .map(entry -> entry.getKey().identity())
                .collect(Collectors.toSet());
        if (!isClosed()) {
            leftInSession(all).forEach(entry -> family.add(entry.identity()));
            family.removeAll(handingOver(all));
        }
        return family.stream()
                .filter(identity -> shim.filter(identity::equals).isEmpty())
                .toList();
    }

    /** The shim's own copy, which hands over what a CLI is told that keeps running. */
    private List<ProcessIdentity> handingOver(List<ProcessTable.Entry> all) {
        long own = shim.orElseThrow().pid();
        return all.stream()
                .filter(entry -> entry.parent() == own)
                .map(ProcessTable.Entry::identity)
                .filter(child -> table.arguments(child.pid()).equals(table.arguments(own)))
                .toList();
    }

    /** Asks each process for its children, so that nobody else is looked at; empty where nobody can be asked. */
    private Optional<List<ProcessIdentity>> childrenBelow(long enough) {
        List<ProcessIdentity> found = new ArrayList<>();
        List<Long> generation = List.of(shim.orElseThrow().pid());
        for (int depth = 1; !generation.isEmpty(); depth++) {
            List<Long> next = new ArrayList<>();
            for (long parent : generation) {
                Optional<List<Long>> children = table.children(parent);
                if (children.isEmpty()) {
                    return Optional.empty();
                }
                next.addAll(children.get());
            }
            if (depth > FIRST_PROCESS) {
                for (long pid : next) {
                    table.find(pid).map(ProcessTable.Entry::identity).ifPresent(found::add);
                    if (found.size() > enough) {
                        return Optional.of(found);
                    }
                }
            }
            generation = next;
        }
        return Optional.of(found);
    }

    private List<ProcessIdentity> inNamespace() {
        Map<ProcessTable.Entry, Integer> depths = descendants(table.all(), Set.of());
        List<ProcessIdentity> members = depths.entrySet().stream()
                .filter(entry -> entry.getValue() > FIRST_PROCESS)
                .map(entry -> entry.getKey().identity())
                .toList();
        seen.addAll(members);
        return members;
    }

    private List<ProcessIdentity> scattered() {
        List<ProcessTable.Entry> all = table.all().stream()
                // Whoever is older than the shim is not the attempt's, whatever else speaks for it.
                .filter(entry -> shim.filter(own -> table.beganBefore(entry.identity(), own))
                        .isEmpty())
                .toList();
        Set<ProcessTable.Entry> members =
                new LinkedHashSet<>(descendants(all, seen).keySet());
        members.addAll(leftInSession(all));
        List<ProcessTable.Entry> others =
                all.stream().filter(entry -> !members.contains(entry)).toList();
        Set<Long> carriers = table.carriers(variable, others);
        others.stream()
                .filter(entry -> carriers.contains(entry.identity().pid()))
                .forEach(members::add);
        List<ProcessIdentity> identities = members.stream()
                .map(ProcessTable.Entry::identity)
                .filter(identity -> shim.filter(identity::equals).isEmpty())
                .toList();
        seen.addAll(identities);
        return identities;
    }

    /** The shim, whoever else is known, and all below them, with the number of steps to there. */
    private Map<ProcessTable.Entry, Integer> descendants(List<ProcessTable.Entry> all, Set<ProcessIdentity> known) {
        Map<Long, List<ProcessTable.Entry>> children =
                all.stream().collect(Collectors.groupingBy(ProcessTable.Entry::parent));
        Map<ProcessTable.Entry, Integer> depths = new LinkedHashMap<>();
        Deque<ProcessTable.Entry> open = new ArrayDeque<>();
        for (ProcessTable.Entry entry : all) {
            if (shim.filter(entry.identity()::equals).isPresent() || known.contains(entry.identity())) {
                depths.put(entry, 0);
                open.add(entry);
            }
        }
        while (!open.isEmpty()) {
            ProcessTable.Entry entry = open.remove();
            for (ProcessTable.Entry child :
                    children.getOrDefault(entry.identity().pid(), List.of())) {
                if (depths.putIfAbsent(child, depths.getOrDefault(entry, 0) + 1) == null) {
                    open.add(child);
                }
            }
        }
        return depths;
    }

    /**
     * The kernel gives no process the number of a session that has members; so if another process has the leader's number,
     * the session is another one as well; and who got the number from another table than this one has left nobody here.
     */
    private List<ProcessTable.Entry> leftInSession(List<ProcessTable.Entry> all) {
        if (sessionLeader.isEmpty()) {
            return List.of();
        }
        ProcessIdentity leader = sessionLeader.get();
        if (!table.numbers(leader)
                || table.find(leader.pid())
                        .filter(entry -> !entry.identity().equals(leader))
                        .isPresent()) {
            return List.of();
        }
        return all.stream().filter(entry -> entry.session() == leader.pid()).toList();
    }
}
