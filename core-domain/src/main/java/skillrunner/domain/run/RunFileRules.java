package skillrunner.domain.run;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose the files of a run are, and which of them nobody is shown. A run is seen as one folder: what the agent may write, and
 * beside it what the server keeps, which wins wherever both have a name. Paths are relative, with forward slashes. Immutable.
 */
public final class RunFileRules {
    /** Folders of the server, in which nothing of the agent's is ever seen. */
    public static final Set<String> SERVER_FOLDERS = Set.of(".audit", "result");

    /** Folder of the tables of contents of bundles. */
    private static final String BUNDLE = "bundle";

    private static final String ARTIFACTS = "artifacts/";

    /** Names that other tools give to what they sign in with. */
    private static final Set<String> USUAL_NAMES = Set.of("credentials.json", ".credentials.json");

    private final Set<String> places;
    private final Set<String> names;
    private final Set<String> marks;

    /**
     * Takes what the engines know.
     *
     * @param credentials where engines keep their sign-in, as paths below their home
     * @param marks what no file has in its name but one that holds tokens
     */
    public RunFileRules(Collection<String> credentials, Collection<String> marks) {
        this.places = credentials.stream().map(RunFileRules::plain).collect(Collectors.toUnmodifiableSet());
        this.names = Stream.concat(places.stream().map(RunFileRules::name), USUAL_NAMES.stream())
                .collect(Collectors.toUnmodifiableSet());
        this.marks = marks.stream().map(RunFileRules::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Tells whether a path leads into a folder of the server.
     *
     * @param path a path
     * @return true if nothing of the agent's is seen there
     */
    public static boolean isServers(String path) {
        return SERVER_FOLDERS.contains(top(path));
    }

    /**
     * Tells whether a path leads into the folder that a bundle adds.
     *
     * @param path a path
     * @return true if no file of the run is bundled there
     */
    public static boolean isBundles(String path) {
        return top(path).equals(BUNDLE);
    }

    /**
     * Tells whether a file may hold an engine's sign-in, to judge by its path. Among artifacts, whose names skills choose, only
     * what can't be anything else counts.
     *
     * @param path a path
     * @return true if nobody is shown the file
     */
    public boolean isCredential(String path) {
        String plain = plain(path);
        return marks.stream().anyMatch(name(plain)::contains)
                || places.stream().anyMatch(place -> plain.equals(place) || plain.endsWith("/" + place))
                || (!plain.startsWith(ARTIFACTS) && names.contains(name(plain)));
    }

    private static String plain(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private static String top(String path) {
        int end = path.indexOf('/');
        return end < 0 ? path : path.substring(0, end);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
