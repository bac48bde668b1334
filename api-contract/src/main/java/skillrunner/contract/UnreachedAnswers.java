package skillrunner.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

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
     * @param reached the folder in which the processes of the build have noted what they were answered
     * @param reasons the list; empty lines and those that begin with {@code #} say nothing
     * @return what was neither answered nor is in the list, and the lines of the list that nothing in the document needs
     * @throws IOException if a file can't be read
     */
    public static List<String> of(ApiDocument document, Path reached, Path reasons) throws IOException {
        Set<String> promised = promised(document);
        Set<String> open = new TreeSet<>(promised);
        open.removeAll(reached(reached));
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

    /** Each status of each operation, with each of its codes. */
    private static Set<String> promised(ApiDocument document) {
        Set<String> promised = new TreeSet<>();
        for (ApiDocument.Operation operation : document.operations()) {
            operation.node().path("responses").properties().forEach(response -> {
                JsonNode content = document.resolve(response.getValue()).path("content");
                JsonNode codes =
                        content.path("application/problem+json").path("schema").at("/allOf/1/properties/code/enum");
                codes.forEach(
                        code -> promised.add(ReachedAnswers.line(operation, response.getKey(), code.stringValue())));
                if (!content.has("application/problem+json") || content.size() > 1) {
                    promised.add(ReachedAnswers.line(operation, response.getKey(), ""));
                }
            });
        }
        return promised;
    }

    private static Set<String> reached(Path folder) throws IOException {
        Set<String> lines = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }
}
