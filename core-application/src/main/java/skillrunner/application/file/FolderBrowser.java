package skillrunner.application.file;

/** Looks into folders without changing anything. Nothing outside the folder is ever read. Safe for concurrent use. */
public interface FolderBrowser {
    /**
     * Names what a folder holds.
     *
     * @param location the folder, in the terms of the store it comes from
     * @return the entries; none if there is no such folder, and not all of a very large one
     */
    FileTree tree(String location);

    /**
     * Reads a file for people.
     *
     * @param location the folder, in the terms of the store it comes from
     * @param path the file below it, as a client names it
     * @return the preview
     * @throws skillrunner.domain.problem.RefusedException with {@code PATH_INVALID} for a path that is blank, absolute, has
     *     a {@code ..} segment or leads outside through a link, with {@code FILE_NOT_FOUND} if it names no
     *     regular file of one name; links are not followed
     */
    FilePreview preview(String location, String path);
}
