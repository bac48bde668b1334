package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which processes belong to a run: by the marker every process of an attempt carries. */
public final class Processes {
    private Processes() {}

    /** Numbers of the living processes of a run; zombies do not count. */
    public static List<Long> of(String runId) throws IOException {
        return List.copyOf(lookedAt(runId).keySet());
    }

    /** What each living process of a run had in its environment at the moment it was looked at. */
    public static List<String> environmentsOf(String runId) throws IOException {
        return List.copyOf(lookedAt(runId).values());
    }

    /** Reads each process once: a second look may find it gone. */
    private static Map<Long, String> lookedAt(String runId) throws IOException {
        Map<Long, String> found = new TreeMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    String environment = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (environment.contains("SKILL_RUNNER_ATTEMPT=" + runId + ".")) {
                        found.put(Long.parseLong(folder.getFileName().toString()), environment);
                    }
                } catch (IOException e) {
                    // It ended while it was looked at.
                }
            }
        }
        return found;
    }

    public static boolean alive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
