package skillrunner.files;

/** What something in a folder is, as far as we read it. Only {@link #FILE} and {@link #FOLDER} are ever opened. */
public enum EntryKind {
    /** A regular file of one name. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A symbolic link, wherever it leads. */
    LINK,
    /** A named pipe; reading it may never end. */
    PIPE,
    /** A socket. */
    SOCKET,
    /** A device. */
    DEVICE,
    /** A regular file that has another name as well, which may lie outside. */
    SEVERAL_NAMES,
    /** The root of another file system, which may answer never. */
    MOUNT,
    /** A file or folder that may not be read. */
    UNREADABLE,
    /** Something whose name is no text in the encoding of the system, or would be taken for another: one with a backslash. */
    UNNAMEABLE
}
