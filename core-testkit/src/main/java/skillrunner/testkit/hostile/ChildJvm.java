package skillrunner.testkit.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class in a JVM of its own, on the class path of the test, in circumstances that this JVM can't have: on a small
 * disk, as a user without a name, without descriptors. Immutable.
 */
public final class ChildJvm {
    private final List<String> circumstances;

    private ChildJvm(List<String> circumstances) {
        this.circumstances = List.copyOf(circumstances);
    }

    /**
     * Where a small disk lies in the place of a folder. In a mount namespace, since only there one may be mounted.
     *
     * @param folder an empty folder
     * @param options of tmpfs, such as {@code size=1m}
     * @return the circumstances
     */
    public static ChildJvm withSmallDisk(Path folder, String options) {
        return new ChildJvm(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o " + options + " tmpfs \"$1\" && shift && exec \"$@\"",
                "sh",
                folder.toString()));
    }

    /**
     * As another user. In a user namespace, since only there one may be a user that no list names.
     *
     * @param uid the user
     * @return the circumstances
     */
    public static ChildJvm asUser(int uid) {
        return new ChildJvm(List.of("unshare", "--user", "--map-user=" + uid));
    }

    /**
     * With few descriptors.
     *
     * @param most how many may be open
     * @return the circumstances
     */
    public static ChildJvm withDescriptors(int most) {
        return new ChildJvm(List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
    }

    /**
     * Runs a class to its end. What it writes to stderr is shown beside the test's own: a JDK may warn there.
     *
     * @param main has a main method
     * @param arguments for it
     * @return what it wrote to stdout
     * @throws IOException if it can't be started
     */
    public String run(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(circumstances);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-MaxFDLimit",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
