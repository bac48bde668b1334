package skillrunner.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes which answers of a document were seen, in a folder that all processes of a build share: a file for each class of tests, a
 * line for each answer that it sees for the first time. Safe for concurrent use.
 */
final class ReachedAnswers {
    /** The folder, as a system property; nothing is noted without it. */
    static final String FOLDER = "skillrunner.contract.reached";

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([A-Z_]+)\"");

    private final Optional<Path> folder;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    private ReachedAnswers(Optional<Path> folder) {
        this.folder = folder;
    }

    static ReachedAnswers ofThisBuild() {
        String folder = System.getProperty(FOLDER, "");
        return new ReachedAnswers(folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder)));
    }

    void note(ApiDocument.Operation operation, Answer answer) {
        TestInProgress.whoseAnswersCount().ifPresent(tests -> {
            String line = PromisedAnswers.line(operation, Integer.toString(answer.status()), code(answer));
            if (noted.add(tests + " " + line)) {
                append(tests, List.of(line));
            }
        });
    }

    /** Notes that these tests have been run, whatever they are answered. */
    void noteRun(String tests) {
        append(tests, List.of());
    }

    private static String code(Answer answer) {
        if (!answer.contentType().orElse("").startsWith("application/problem+json")) {
            return "";
        }
        Matcher code = CODE.matcher(answer.body().orElse(""));
        return code.find() ? code.group(1) : "";
    }

    private void append(String tests, List<String> lines) {
        folder.ifPresent(parent -> {
            try {
                Files.createDirectories(parent);
                Files.write(parent.resolve(tests), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
