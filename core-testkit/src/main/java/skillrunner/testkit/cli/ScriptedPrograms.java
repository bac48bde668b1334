package skillrunner.testkit.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import skillrunner.application.engine.CliLocation;
import skillrunner.application.engine.EngineBinaries;

/**
 * The programs of CLIs, each in versions. The first version of {@code codex} is {@code /bin/codex}. An installation removes
 * every earlier version that nobody holds or runs. Safe for concurrent use.
 */
public final class ScriptedPrograms implements EngineBinaries {
    private final Supplier<? extends Collection<String>> running;
    private final Set<String> missing = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, String> holds = new TreeMap<>();

    /**
     * Makes a machine on which every CLI is there.
     *
     * @param running tells which programs work now
     */
    public ScriptedPrograms(Supplier<? extends Collection<String>> running) {
        this.running = Objects.requireNonNull(running);
    }

    /** Removes a CLI from the machine. */
    public synchronized void uninstall(String name) {
        missing.add(name);
    }

    /** Puts a CLI back that was removed from the machine. */
    public synchronized void install(String name) {
        missing.remove(name);
    }

    /** Installs the next version of a CLI and makes it current. @return the version */
    public synchronized int installNext(String name) {
        int next = versions.getOrDefault(name, 1) + 1;
        versions.put(name, next);
        Collection<String> working = running.get();
        for (int old = 1; old < next; old++) {
            String program = path(name, old);
            if (!holds.containsValue(program) && !working.contains(program)) {
                removed.add(program);
            }
        }
        return next;
    }

    /** Tells whether a program is there. */
    public synchronized boolean exists(String program) {
        return !removed.contains(program);
    }

    /** Returns who holds a program. */
    public synchronized Set<String> held() {
        return Set.copyOf(holds.keySet());
    }

    /** Ends the holds of a killed server, which count no longer than its programs run. */
    public synchronized void endHolds() {
        holds.clear();
    }

    @Override
    public CliLocation locate(List<String> names) {
        return new CliLocation(find(names), Optional.empty());
    }

    @Override
    public synchronized Optional<String> find(List<String> names) {
        return names.stream()
                .filter(name -> !missing.contains(name))
                .findFirst()
                .map(name -> path(name, versions.getOrDefault(name, 1)));
    }

    @Override
    public synchronized Optional<String> hold(List<String> names, String holder) {
        Optional<String> program = find(names);
        program.ifPresent(found -> holds.put(holder, found));
        return program;
    }

    @Override
    public synchronized void release(String holder) {
        holds.remove(holder);
    }

    @Override
    public Map<String, String> environment(Set<String> passed, Map<String, String> set) {
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("PATH", "/bin");
        whole.putAll(set);
        return whole;
    }

    private static String path(String name, int version) {
        return version == 1 ? "/bin/" + name : "/versions/" + name + "-" + version + "/" + name;
    }
}
