package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import skillrunner.embedding.settings.OpenRefusedException;
import skillrunner.files.NoAnswerException;
import skillrunner.files.PatientLooks;

/**
 * Keeps a file system that never answers from holding up the start and whoever asks whether the runner is ready. Keeps
 * nothing. Safe for concurrent use.
 */
final class AnsweringFolders {
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(10);
    private static final Duration PATIENCE_OF_PROBES = Duration.ofSeconds(2);

    private AnsweringFolders() {}

    /**
     * Waits for a sign of each folder.
     *
     * @param folders folders the runner is about to use; they may be absent
     * @throws OpenRefusedException if one does not answer
     */
    static void require(Stream<Path> folders) {
        folders.forEach(folder -> {
            try {
                PatientLooks.at(folder, PATIENCE_AT_START, () -> Files.exists(folder));
            } catch (NoAnswerException e) {
                throw new OpenRefusedException("the folder " + folder
                        + " lies on a file system that does not answer within " + PATIENCE_AT_START.toSeconds()
                        + " seconds; mend or unmount it, or name another folder");
            } catch (IOException e) {
                throw new OpenRefusedException("the folder " + folder + " can't be looked at: " + e.getMessage());
            }
        });
    }

    /**
     * Makes a question about a folder one that is always answered.
     *
     * @param folder the folder
     * @param question asks about it
     * @return the same question; its answer is no as well if the folder does not answer
     */
    static BooleanSupplier within(Path folder, BooleanSupplier question) {
        return () -> {
            try {
                return PatientLooks.at(folder, PATIENCE_OF_PROBES, question::getAsBoolean);
            } catch (IOException e) {
                return false;
            }
        };
    }
}
