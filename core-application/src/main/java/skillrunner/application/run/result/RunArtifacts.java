package skillrunner.application.run.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.RunId;

/**
 * The files a run left under {@code artifacts/}. Only regular files of one name count: links, hard links, pipes, sockets,
 * devices and what can't be read are passed over, whoever made them and whatever is swapped meanwhile. A very large or deep
 * folder is not named to its end. Safe for concurrent use.
 */
public interface RunArtifacts {
    /**
     * Lists the files.
     *
     * @param run the run
     * @return what was found
     */
    Listing list(RunId run);

    /**
     * Lists the files and brings them to the disk, so that what is told to have succeeded outlives a loss of power.
     *
     * @param run a run whose processes have ended
     * @return as {@link #list}
     * @throws skillrunner.application.storage.StorageFullException if the disk is full, so that some may be lost
     */
    Listing secure(RunId run);

    /**
     * Opens a file.
     *
     * @param run the run
     * @param path a path as listed
     * @return the file, or empty if there is none
     * @throws skillrunner.domain.problem.RefusedException with {@code PATH_INVALID} for a path that leaves the folder
     */
    Optional<Artifact> open(RunId run, String path);

    /**
     * Files that were found.
     *
     * @param paths paths that begin with {@code artifacts/}, sorted
     * @param complete false if there are more, or deeper ones, than are named
     * @param passedOver how many entries are no regular files of one name
     */
    record Listing(List<String> paths, boolean complete, int passedOver) {
        /** Of a run that left nothing. */
        public static final Listing NOTHING = new Listing(List.of(), true, 0);

        /** Copies the paths. */
        public Listing {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A file that can be read.
     *
     * @param name its last path segment
     * @param size its size in bytes
     * @param content opens its bytes
     */
    record Artifact(String name, long size, Content content) {
        /** Refuses null parts. */
        public Artifact {
            Objects.requireNonNull(name);
            Objects.requireNonNull(content);
        }
    }

    /** Opens the bytes of a file. */
    @FunctionalInterface
    interface Content {
        /**
         * Opens the bytes; the caller closes them.
         *
         * @return the bytes
         * @throws IOException if the file went away or was replaced by something else
         */
        InputStream open() throws IOException;
    }
}
