package skillrunner.app;

import skillrunner.app.settings.StorageVariables;
import skillrunner.embedding.settings.FolderInUseException;
import skillrunner.embedding.settings.OpenRefusedException;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.settings.UnloadableLibraryException;
import skillrunner.embedding.settings.UnsuitableFolderException;

/** Says why the runner behind a server can't be opened, in the words of the server: which variable it is that helps. */
final class OpenRefusals {
    private OpenRefusals() {}

    /**
     * Explains.
     *
     * @param refusal why not
     * @param storage where things are kept
     * @return what to throw
     */
    static RuntimeException explain(OpenRefusedException refusal, StorageSettings storage) {
        if (refusal instanceof FolderInUseException used) {
            return new StartRefusedException("another server uses the data directory " + used.folder()
                    + "; set SKILL_RUNNER_DATA_DIR to another one");
        }
        if (refusal instanceof UnsuitableFolderException unsuitable) {
            return StorageVariables.unsuitable(storage, unsuitable);
        }
        if (refusal instanceof UnloadableLibraryException unloadable) {
            return new StartRefusedException(unloadable.fault()
                    + "; name another folder with SKILL_RUNNER_JAVA_OPTIONS=-D" + unloadable.property() + "=FOLDER");
        }
        return new StartRefusedException(String.valueOf(refusal.getMessage()));
    }
}
