package skillrunner.testkit.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The engines' home and the records of sessions in a temporary folder, for tests that sign in. Paths are those below the home. */
public class SignInPlace {
    private final Path home;
    private final Path root;
    private final FolderSignInRecords records;

    /** Makes both when they are needed. */
    public SignInPlace(Path folder) {
        this.home = folder.resolve("home");
        this.root = folder.resolve("records");
        this.records = new FolderSignInRecords(root);
    }

    /** Returns the home. */
    public final Path home() {
        return home;
    }

    /** Returns what is kept of sessions. */
    public final FolderSignInRecords records() {
        return records;
    }

    /** Writes a file. */
    public final void put(String path, String text) {
        try {
            Files.createDirectories(home.resolve(path).getParent());
            Files.writeString(home.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a file holds. */
    public final String text(String path) {
        return read(home.resolve(path));
    }

    /** Tells whether there is a file. */
    public final boolean has(String path) {
        return Files.exists(home.resolve(path));
    }

    /** Returns who may do what with a file, as {@code ls} writes it. */
    public final String mode(String path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns everything in the folders of sessions, in one text. */
    public final String kept() {
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n", all.stream().map(SignInPlace::read).toList());
    }

    /** Returns what any file holds. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
