package skillrunner.application.run.quota;

import skillrunner.domain.run.RunId;

/**
 * Measures the workspaces of runs, which the agents may be changing meanwhile. Safe for concurrent use; takes as long as a walk
 * through all folders.
 */
public interface WorkspaceMeter {
    /**
     * What a workspace holds.
     *
     * @param bytes in its regular files, as far as they say themselves: a file with holes counts whole
     * @param files everything in it, folders and links too
     */
    record Measure(long bytes, long files) {
        /** An empty workspace. */
        public static final Measure NOTHING = new Measure(0, 0);
    }

    /**
     * Measures a workspace. Links are not followed; what can't be read counts as nothing.
     *
     * @param run the run
     * @param enoughFiles the walk may end once it has found more
     * @return what it holds; nothing if there is no workspace
     * @throws skillrunner.application.storage.UnavailableException if the machine can't look at the moment
     */
    Measure measure(RunId run, long enoughFiles);
}
