package skillrunner.acceptance;

import java.util.List;

/** Gives a server file systems of its own, which end with it. */
final class MountNamespace {
    private MountNamespace() {}

    /**
     * Returns the program through which a server is started.
     *
     * @param mount shell commands that mount something; nobody outside sees it
     */
    static List<String> after(String mount) {
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount + " && exec \"$@\"", "sh");
    }
}
