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
 * Notes which answers of a document were seen, in a folder that all processes of a build share: each writes a file of its own, a
 * line for each answer that it sees for the first time. Safe for concurrent use.
 */
final class ReachedAnswers {
    /** The folder, as a system property; nothing is noted without it. */
    static final String FOLDER = "skillrunner.contract.reached";

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([A-Z_]+)\"");

    private final Optional<Path> file;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    private ReachedAnswers(Optional<Path> file) {
        this.file = file;
    }

    static ReachedAnswers ofThisBuild() {
        String folder = System.getProperty(FOLDER, "");
        return new ReachedAnswers(
                folder.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Path.of(folder, ProcessHandle.current().pid() + "-" + System.nanoTime() + ".txt")));
    }

    void note(ApiDocument.Operation operation, Answer answer) {
        if (file.isPresent()) {
            String line = line(operation, Integer.toString(answer.status()), code(answer));
            if (noted.add(line)) {
                append(file.get(), line);
            }
        }
    }

    /** How an answer is told. */
    static String line(ApiDocument.Operation operation, String status, String code) {
        return operation + " " + status + (code.isEmpty() ? "" : " " + code);
    }

    private static String code(Answer answer) {
        if (!answer.contentType().orElse("").startsWith("application/problem+json")) {
            return "";
        }
        Matcher code = CODE.matcher(answer.body().orElse(""));
        return code.find() ? code.group(1) : "";
    }

    private static synchronized void append(Path file, String line) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
