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

    /** Numbers of the living processes that carry a variable in their environment; zombies do not count. */
    static List<Long> carrying(String variable) throws IOException {
        return lookedAtWith(variable).entrySet().stream()
                .filter(entry -> List.of(entry.getValue().split("\0")).contains(variable))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Long, String> lookedAt(String runId) throws IOException {
        return lookedAtWith("SKILL_RUNNER_ATTEMPT=" + runId + ".");
    }

    /** Reads each process once: a second look may find it gone. */
    private static Map<Long, String> lookedAtWith(String part) throws IOException {
        Map<Long, String> found = new TreeMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    String environment = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (environment.contains(part)) {
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
