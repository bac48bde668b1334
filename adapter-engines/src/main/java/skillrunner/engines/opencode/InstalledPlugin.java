package skillrunner.engines.opencode;

import java.util.Map;

/**
 * What makes opencode believe that its library for writing tools is installed in a folder of settings. It installs it into each such folder
 * that it may write, by npm and before anything else: 64 MB and some seconds for each run, whose folder is new, and for nothing, since a
 * run brings skills and no tools of its own. It looks for the folder of packages, and for the library's name among those that npm noted.
 */
final class InstalledPlugin {
    private static final String NAME = "@opencode-ai/plugin";

    private InstalledPlugin() {}

    /**
     * Returns the files.
     *
     * @param folder the folder of settings
     * @return path to content
     */
    static Map<String, String> files(String folder) {
        return Map.of(
                folder + "/node_modules/.package-lock.json",
                "{\"lockfileVersion\": 3, \"requires\": true, \"packages\": {}}\n",
                folder + "/package-lock.json",
                "{\"lockfileVersion\": 3, \"requires\": true, \"packages\": {\"\": {\"dependencies\": {\"" + NAME
                        + "\": \"*\"}}}}\n");
    }
}
