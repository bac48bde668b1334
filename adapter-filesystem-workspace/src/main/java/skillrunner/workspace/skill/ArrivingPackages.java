package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Packages that stand before the place of a skill, unpacked as {@code .staging/<installation>/<skill>}. An update takes two
 * renames, and between them the place is empty: who looks for the skill just then waits for the second. Safe for concurrent
 * use, also while another process installs.
 */
final class ArrivingPackages {
    /** Where packages are unpacked, below a folder of skills. */
    static final String STAGING = ".staging";

    private static final int MOST_LOOKS = 200;
    private static final long LOOK_EVERY_MILLIS = 5;

    private ArrivingPackages() {}

    /**
     * Looks for a skill, and again for a second at most while a package of it is about to arrive.
     *
     * @param roots folders of skill folders
     * @param skill its id, one segment of a path
     * @param look looks for it
     * @param <T> what is found
     * @return what was found, or empty
     */
    static <T> Optional<T> awaited(List<Path> roots, String skill, Supplier<Optional<T>> look) {
        Optional<T> found = look.get();
        for (int looks = 0; found.isEmpty() && looks < MOST_LOOKS && isArriving(roots, skill); looks++) {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            found = look.get();
        }
        // It may have arrived between the two questions.
        return found.isPresent() ? found : look.get();
    }

    private static boolean isArriving(List<Path> roots, String skill) {
        return roots.stream().map(root -> root.resolve(STAGING)).anyMatch(staging -> holds(staging, skill));
    }

    private static boolean holds(Path staging, String skill) {
        if (!Files.isDirectory(staging)) {
            return false;
        }
        try (DirectoryStream<Path> installations = Files.newDirectoryStream(staging)) {
            for (Path installation : installations) {
                if (Files.isDirectory(installation.resolve(skill))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Nothing is known then of what arrives.
            return false;
        }
    }
}
