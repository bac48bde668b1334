package skillrunner.application.engine;

/** A file of the agent home in which an engine keeps the folders that it may work in. Pure. */
public interface FolderTrust {
    /**
     * Returns the file.
     *
     * @return its path below the agent home
     */
    String file();

    /**
     * Adds a folder.
     *
     * @param content what the file holds; nothing if it is not there
     * @param folder an absolute path
     * @return what it has to hold
     */
    String with(String content, String folder);

    /**
     * Removes a folder.
     *
     * @param content what the file holds
     * @param folder an absolute path
     * @return what it holds without it; the same if it is not in there, nothing if nothing else is
     */
    String without(String content, String folder);
}
