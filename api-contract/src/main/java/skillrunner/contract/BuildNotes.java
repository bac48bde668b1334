package skillrunner.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the tests of one build have noted. Immutable. */
public final class BuildNotes {
    private static final Pattern TESTS = Pattern.compile("[^$]*(Test|IT)\\.class");

    private final Set<String> notRun;
    private final Set<String> answers;

    private BuildNotes(Set<String> notRun, Set<String> answers) {
        this.notRun = Set.copyOf(notRun);
        this.answers = Set.copyOf(answers);
    }

    /**
     * Reads.
     *
     * @param notes the folder of the notes of this build alone, as it was given to its tests
     * @param compiled the folders with the compiled tests that count; what other tests noted is passed over
     * @return what it holds
     * @throws IOException if it can't be read
     */
    public static BuildNotes read(Path notes, Collection<Path> compiled) throws IOException {
        Set<String> notRun = new TreeSet<>();
        Set<String> answers = new TreeSet<>();
        for (Path folder : compiled) {
            if (!Files.isDirectory(folder)) {
                notRun.add("all in " + folder);
                continue;
            }
            for (String tests : testsIn(folder)) {
                Path file = notes.resolve(tests);
                if (Files.exists(file)) {
                    answers.addAll(Files.readAllLines(file));
                } else {
                    notRun.add(tests);
                }
            }
        }
        return new BuildNotes(notRun, answers);
    }

    /**
     * Tells whether the build was a part of the whole.
     *
     * @return the classes of tests that it did not run, sorted
     */
    public List<String> notRun() {
        return notRun.stream().sorted().toList();
    }

    Set<String> answers() {
        return answers;
    }

    private static List<String> testsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(TESTS.asMatchPredicate())
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .toList();
        }
    }
}
