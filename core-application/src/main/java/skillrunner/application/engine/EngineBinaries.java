package skillrunner.application.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the CLIs are, and what a child process may see of the server's environment. Safe for concurrent use. */
public interface EngineBinaries {
    /**
     * Looks for a program, anew each time: an installation shows at once.
     *
     * @param names file names, best first
     * @return where it is
     */
    CliLocation locate(List<String> names);

    /**
     * Finds the program to start. Where versions are kept side by side, the path is that of the version that is current
     * now: whoever was started with it keeps it when another becomes current.
     *
     * @param names file names, best first
     * @return absolute path of the program, or empty
     */
    Optional<String> find(List<String> names);

    /**
     * Finds the program to start, like {@link #find}, and holds it: from now until it is released no installation removes
     * or replaces it. A hold outlives this server as long as the program runs.
     *
     * @param names file names, best first
     * @param holder names who holds it, unlike all others; an earlier hold of the same name ends
     * @return absolute path of the program, or empty
     */
    Optional<String> hold(List<String> names, String holder);

    /**
     * Ends a hold. May be repeated.
     *
     * @param holder who held; one that holds nothing does not matter
     */
    void release(String holder);

    /**
     * Builds the environment of a child: an allow-list, never the server's whole environment.
     *
     * @param passed further variables the child may see; a trailing {@code *} stands for any end
     * @param set variables to set, which win
     * @return the whole environment
     */
    Map<String, String> environment(Set<String> passed, Map<String, String> set);

    /**
     * Builds the environment of a child, as {@link #environment(Set, Map)} does, with values that yield to those of the server's own environment.
     * They belong together: where one of them is set there, those that are set there count alone. A name counts in small and in capital letters,
     * as npm reads its own; a blank value counts as none.
     *
     * @param passed further variables the child may see
     * @param usual variables to set where the operator has set none of them
     * @param set variables to set, which win
     * @return the whole environment
     */
    default Map<String, String> environment(Set<String> passed, Map<String, String> usual, Map<String, String> set) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(usual.keySet());
        Set<String> seen = new TreeSet<>(passed);
        names.forEach(name -> seen.addAll(List.of(name, name.toUpperCase(Locale.ROOT))));
        Map<String, String> whole = new TreeMap<>(environment(seen, set));
        whole.entrySet()
                .removeIf(own -> names.contains(own.getKey()) && own.getValue().isBlank());
        if (whole.keySet().stream().noneMatch(names::contains)) {
            whole.putAll(usual);
        }
        whole.putAll(set);
        return whole;
    }
}
