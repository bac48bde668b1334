package skillrunner.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.files.SmallFiles;

/**
 * Says what the control groups of this machine hold. A run gets none of its own: it is measured, not walled in. What stands around this
 * server holds for all its runs together.
 */
final class ControlGroupCheck {
    private static final String NAME = "control groups";
    private static final int MOST_BYTES = 64 * 1024;
    private static final String OWN_GROUP = "0::";
    private static final String NOT_USED = "not used: a run is measured, and killed beyond its limits";

    private ControlGroupCheck() {}

    /** @param root the root of the file system */
    static Check of(Path root) {
        Path groups = root.resolve("sys/fs/cgroup");
        if (!Files.exists(groups.resolve("cgroup.controllers"))) {
            boolean old = Files.isDirectory(groups.resolve("memory")) || Files.isDirectory(groups.resolve("pids"));
            return Check.ok(NAME, (old ? "version 1, " : "none, ") + NOT_USED);
        }
        Path own = own(root, groups);
        return Check.ok(
                NAME,
                "version 2 is there and " + NOT_USED + "; around this server and all its runs: memory "
                        + least(groups, own, "memory.max")
                                .map(bytes -> bytes + " bytes")
                                .orElse("unlimited") + ", processes "
                        + least(groups, own, "pids.max").map(String::valueOf).orElse("unlimited"));
    }

    /** The group of this process; the topmost one if it can't be told, as in some containers. */
    private static Path own(Path root, Path groups) {
        return lines(root.resolve("proc/self/cgroup")).stream()
                .filter(line -> line.startsWith(OWN_GROUP))
                .map(line -> groups.resolve(line.substring(OWN_GROUP.length()).replaceFirst("^/+", ""))
                        .normalize())
                .filter(group -> group.startsWith(groups) && Files.isDirectory(group))
                .findFirst()
                .orElse(groups);
    }

    /** A group is held by the limits of all those around it as well. */
    private static Optional<Long> least(Path groups, Path own, String file) {
        return Stream.iterate(own, group -> group.startsWith(groups), Path::getParent)
                .flatMap(group -> lines(group.resolve(file)).stream())
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .min(Comparator.naturalOrder());
    }

    private static List<String> lines(Path file) {
        try {
            return new String(SmallFiles.read(file, MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
