package skillrunner.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a document promises and no test of a build was answered. Some of it can't be had from every address, and why stands in a
 * list: lines of a pattern of answers, a colon and the reason.
 */
public final class UnreachedAnswers {
    private UnreachedAnswers() {}

    /**
     * Compares.
     *
     * @param document what is promised
     * @param notes what the tests of a whole build were answered
     * @param reasons the list; empty lines and those that begin with {@code #} say nothing
     * @return what was neither answered nor is in the list, and the lines of the list that nothing in the document needs
     * @throws IOException if the list can't be read
     */
    public static List<String> of(ApiDocument document, BuildNotes notes, Path reasons) throws IOException {
        Set<String> promised = PromisedAnswers.of(document).lines();
        Set<String> open = new TreeSet<>(promised);
        open.removeAll(notes.answers());
        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(reasons)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int end = line.indexOf(": ");
            Pattern answers = Pattern.compile(end < 0 ? "" : line.substring(0, end));
            if (end < 0 || promised.stream().noneMatch(answers.asMatchPredicate())) {
                told.add("the list has a line that says nothing of the document: " + line);
            }
            open.removeIf(answers.asMatchPredicate());
        }
        open.forEach(answer -> told.add("no test was answered: " + answer));
        return told;
    }
}
