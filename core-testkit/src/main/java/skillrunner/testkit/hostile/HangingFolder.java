package skillrunner.testkit.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on a file system that never answers: one of FUSE whose program reads no request. Whoever looks at it waits until
 * it is closed. For use by one thread.
 */
public final class HangingFolder implements AutoCloseable {
    private static final String SCRIPT =
            """
            exec 3<>/dev/fuse || exit 1
            mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 hanging "$1" || exit 1
            echo mounted
            exec sleep 600 >&-
            """;

    private final Path folder;
    private final Process program;

    private HangingFolder(Path folder, Process program) {
        this.folder = folder;
        this.program = program;
    }

    /**
     * Mounts it.
     *
     * @param folder an empty folder
     * @return it, or empty where that is not possible: it takes root and {@code /dev/fuse}
     * @throws IOException if no shell can be started
     */
    public static Optional<HangingFolder> mount(Path folder) throws IOException {
        Process program = new ProcessBuilder("sh", "-c", SCRIPT, "sh", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return "mounted".equals(said) ? Optional.of(new HangingFolder(folder, program)) : Optional.empty();
    }

    /** Lets everybody go who waits, with an error, and unmounts. */
    @Override
    public void close() throws IOException, InterruptedException {
        program.destroyForcibly();
        program.waitFor();
        new ProcessBuilder("umount", "--lazy", folder.toString()).start().waitFor();
    }
}
