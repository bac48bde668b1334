package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A user of the machine who is not the one that runs the tests.
 *
 * @param uid the number; it needs no name
 */
record OtherUser(int uid) {
    static final OtherUser NOBODY = new OtherUser(65_534);

    /** Somebody who has nothing to do with the server. */
    static final OtherUser THIRD = new OtherUser(65_533);

    /** Skips a test where nobody can become another user. */
    static void assumeThatRootRunsTheTests(Path made) throws IOException {
        assumeThat((Integer) Files.getAttribute(made, "unix:uid"))
                .as("only root can become another user")
                .isZero();
    }

    /** Returns the program through which something is started as this user. */
    List<String> through() {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
    }

    /** Gives a folder to this user, with all it holds. */
    void own(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                return own(visited);
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                return own(visited);
            }

            private FileVisitResult own(Path path) throws IOException {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Runs a command of the shell as this user. @return what it said, to both streams */
    String says(String script, Path... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(through());
        command.addAll(List.of("sh", "-c", script, "sh"));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
