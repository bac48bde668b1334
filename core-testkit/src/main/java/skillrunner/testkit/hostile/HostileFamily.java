package skillrunner.testkit.hostile;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The whole family of entries that must never be read, beside harmless ones that look odd. */
public final class HostileFamily {
    /** What a secret outside holds. */
    public static final String SECRET = "the secret outside";

    /** Names of entries that must not be served; a device is among them where one can be made. */
    public static final List<String> BAD =
            List.of("link", "link-to-folder", "dangling", "loop", "hard-link", "pipe", "socket", "device");

    /** Names of regular files that must be served, odd as they are. */
    public static final List<String> ODD = List.of("new\nline", "-rf", "a b;c", "\u4e2d\u6587", "sparse");

    private static final long SPARSE_BYTES = 1L << 40;

    private static final String SCRIPT =
            """
            cd -- "$1" || exit 1
            ln -s "$2/secret" link; ln -s "$2" link-to-folder; ln -s nowhere dangling; ln -s loop loop
            ln "$2/secret" hard-link; mkfifo pipe; mknod device c 1 5 2>/dev/null
            echo x > "$(printf 'bad\\377name')"
            for name in "$(printf 'new\\nline')" -rf 'a b;c' "$(printf '\\344\\270\\255\\346\\226\\207')"; do
              echo odd > "./$name" || exit 1
            done
            truncate -s %d sparse
            """
                    .formatted(SPARSE_BYTES);

    private HostileFamily() {}

    /**
     * Fills a folder.
     *
     * @param folder the folder; it exists
     * @param outside a folder that must stay unread; a file {@code secret} is put there
     * @throws IOException if it can't be filled
     * @throws InterruptedException if the caller is interrupted
     */
    public static void plant(Path folder, Path outside) throws IOException, InterruptedException {
        Files.writeString(outside.resolve("secret"), SECRET);
        run(SCRIPT, folder.toString(), outside.toString());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // The path of a socket must be short, so it is made elsewhere and moved.
            Path made = Files.createTempDirectory("s").resolve("s");
            socket.bind(UnixDomainSocketAddress.of(made));
            Files.move(made, folder.resolve("socket"));
            Files.delete(made.getParent());
        }
    }

    /**
     * Makes a chain of folders that is deeper than any path may be long.
     *
     * @param folder where it begins
     * @param depth how many folders; each name has 100 characters
     * @throws IOException if it can't be made
     */
    public static void nest(Path folder, int depth) throws IOException {
        String name = "n".repeat(100);
        Path chain = Files.createDirectory(folder.resolve("chain"));
        for (int i = 1; i < depth; i++) {
            Path around = Files.createDirectory(folder.resolve("around"));
            Files.move(chain, around.resolve(name));
            Files.move(around, chain);
        }
    }

    private static void run(String script, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[4 + arguments.length];
        List<String> shell = List.of("sh", "-c", script, "sh");
        for (int i = 0; i < command.length; i++) {
            command[i] = i < shell.size() ? shell.get(i) : arguments[i - shell.size()];
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
