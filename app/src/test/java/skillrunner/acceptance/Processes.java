package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which processes belong to a run: by the marker every process of an attempt carries. */
public final class Processes {
    private Processes() {}

    /** Numbers of the living processes of a run; zombies do not count. */
    public static List<Long> of(String runId) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    String environment = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (environment.contains("SKILL_RUNNER_ATTEMPT=" + runId + ".")) {
                        found.add(Long.parseLong(folder.getFileName().toString()));
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
