package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.settings.UnsuitableFolderException;
import skillrunner.testkit.hostile.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class PrivateFoldersTest {
    private static final int STICKY_AND_OPEN = 01777;
    private static final int SOMEBODY = 65_534;
    private static final int SOMEBODY_WITHOUT_A_NAME = 54_321;

    private final Path root;
    private final PrivateFolders folders;

    PrivateFoldersTest(@TempDir Path root) {
        this.root = root;
        this.folders = foldersOf(root);
    }

    /** As with a data directory, an agent home and an npm prefix beside each other. */
    private static PrivateFolders foldersOf(Path root) {
        return new PrivateFolders(new StorageSettings(
                root.resolve("data"),
                root.resolve("skills"),
                root.resolve("builtin"),
                root.resolve("models"),
                root.resolve("cache"),
                root.resolve("agent-home"),
                root.resolve("npm"),
                root.resolve("home")));
    }

    @Test
    void what_is_missing_is_made_for_this_user_alone_with_all_above_it() throws IOException {
        folders.make(root.resolve("a/b/c"));

        for (String made : new String[] {"a", "a/b", "a/b/c"}) {
            assertThat(mode(root.resolve(made))).as(made).isEqualTo("rwx------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx", "rwxrwx---", "rwx--x---", "rwx------"})
    void what_is_wider_is_closed_and_keeps_what_is_in_it(String wide) throws IOException {
        Path folder = Files.createDirectory(root.resolve("data"));
        Files.writeString(folder.resolve("kept"), "kept");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(wide));

        folders.make(folder);

        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(folder.resolve("kept")).hasContent("kept");
    }

    @Test
    void a_link_to_a_folder_is_as_good_as_the_folder() throws IOException {
        Path folder = Files.createDirectory(root.resolve("real"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = Files.createSymbolicLink(root.resolve("link"), folder);

        folders.make(link);

        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_all_share_is_refused_and_left_as_it_is() throws IOException {
        Path shared = Files.createDirectory(root.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", STICKY_AND_OPEN);

        assertThatThrownBy(() -> folders.make(shared))
                .isInstanceOf(UnsuitableFolderException.class)
                .hasMessageContainingAll(shared.toString(), "shared");
        folders.makeOrLeave(shared);

        assertThat((Integer) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(STICKY_AND_OPEN);
        assertThatThrownBy(() -> folders.make(Path.of("/usr/local"))).hasMessageContaining("shared");
    }

    @Test
    void a_data_directory_of_another_user_is_refused_with_what_mends_it() throws IOException {
        Path folder = theirs("data");

        assertThatThrownBy(() -> folders.make(folder))
                .isInstanceOf(UnsuitableFolderException.class)
                .hasMessageStartingWith("the folder " + folder + " belongs to")
                .hasMessageContainingAll(
                        "belongs to user " + SOMEBODY, "chown -R 0 '" + folder + "' && chmod 700 '" + folder + "'");
        assertThat(mode(folder)).isEqualTo("rwxrwxr-x");
        folders.make(folder.resolve("below"));
        assertThat(mode(folder.resolve("below"))).isEqualTo("rwx------");
    }

    @Test
    void an_agent_home_of_another_user_is_refused_by_its_own_name() throws IOException {
        Path folder = theirs("agent-home");

        assertThatThrownBy(() -> folders.make(folder))
                .isInstanceOf(UnsuitableFolderException.class)
                .hasMessageContaining(folder + " belongs to");
    }

    @Test
    void skills_of_another_user_are_used_as_they_are() throws IOException {
        Path folder = theirs("skills");

        folders.makeOrLeave(folder);

        assertThat(mode(folder)).isEqualTo("rwxrwxr-x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib", "share", "include", "README.md"})
    void an_npm_prefix_in_which_somebody_else_has_put_something_is_not_closed(String theirs) throws IOException {
        Path prefix = Files.createDirectory(root.resolve("npm"));
        Files.createDirectory(prefix.resolve("bin"));
        Files.createDirectory(prefix.resolve("versions"));
        Files.createDirectory(prefix.resolve(theirs));
        Files.setPosixFilePermissions(prefix, PosixFilePermissions.fromString("rwxr-xr-x"));

        folders.makeNpmPrefix();

        assertThat(mode(prefix)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void an_npm_prefix_of_this_program_alone_is_closed_and_a_missing_one_made() throws IOException {
        folders.makeNpmPrefix();
        Path prefix = root.resolve("npm");
        assertThat(mode(prefix)).isEqualTo("rwx------");
        Files.createDirectory(prefix.resolve("bin"));
        Files.createDirectory(prefix.resolve("versions"));
        Files.setPosixFilePermissions(prefix, PosixFilePermissions.fromString("rwxr-xr-x"));

        folders.makeNpmPrefix();

        assertThat(mode(prefix)).isEqualTo("rwx------");
    }

    /** With a group that may write, as volumes of containers have it. */
    private Path theirs(String name) throws IOException {
        assumeThat((Integer) Files.getAttribute(root, "unix:uid"))
                .as("only root can give a folder away")
                .isZero();
        Path folder = Files.createDirectory(root.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setAttribute(folder, "unix:uid", SOMEBODY);
        return folder;
    }

    @Test
    void the_folders_of_a_user_without_a_name_are_its_own() throws Exception {
        Path folder = Files.createDirectory(root.resolve("data"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        String said = ChildJvm.asUser(SOMEBODY_WITHOUT_A_NAME).run(Nameless.class, root.toString());

        assertThat(said).endsWith("made\n");
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    /** Closes a folder of the user it runs as. */
    static final class Nameless {
        private Nameless() {}

        public static void main(String[] arguments) {
            Path root = Path.of(arguments[0]);
            foldersOf(root).make(root.resolve("data"));
            System.out.println("made");
        }
    }

    @Test
    void a_file_in_the_place_of_a_folder_stops_the_start() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> folders.make(file))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_file_is_closed_to_others_and_a_link_is_left_alone() throws IOException {
        Path file = Files.createFile(root.resolve("skill_runner.db"));
        Path target = Files.createFile(root.resolve("target"));
        for (Path wide : new Path[] {file, target}) {
            Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Path link = Files.createSymbolicLink(root.resolve("link"), target);

        folders.closeFile(file);
        folders.closeFile(link);
        folders.closeFile(root.resolve("absent"));

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(target)).isEqualTo("rw-r--r--");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
