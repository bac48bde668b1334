package skillrunner.files;

/**
 * How much lies below a folder.
 *
 * @param bytes what its regular files say they hold, each as often as it has names here
 * @param entries how many entries there are, of every kind
 */
public record FolderSize(long bytes, long entries) {}
