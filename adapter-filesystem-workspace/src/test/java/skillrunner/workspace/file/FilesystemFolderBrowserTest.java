package skillrunner.workspace.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FilePreview.Mode;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FilesystemFolderBrowserTest {
    private final Path world;
    private final Path folder;
    private final FilesystemFolderBrowser browser = new FilesystemFolderBrowser();

    FilesystemFolderBrowserTest(@TempDir Path world) throws IOException {
        this.world = world;
        this.folder = Files.createDirectory(world.resolve("folder"));
    }

    @Test
    void a_tree_is_depth_first_with_folders_first_and_names_in_any_case() throws IOException {
        for (String file : new String[] {"b.txt", "A.txt", "Zoo/deep/x", "zoo2/y", "alpha/1", ".hidden"}) {
            write(file, "x".getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectory(folder.resolve("empty"));

        assertThat(browser.tree(folder.toString()).truncated()).isFalse();
        assertThat(browser.tree(folder.toString()).entries())
                .containsExactly(
                        new FileEntry("alpha", "alpha", true, 0),
                        new FileEntry("alpha/1", "1", false, 1),
                        new FileEntry("empty", "empty", true, 0),
                        new FileEntry("Zoo", "Zoo", true, 0),
                        new FileEntry("Zoo/deep", "deep", true, 1),
                        new FileEntry("Zoo/deep/x", "x", false, 2),
                        new FileEntry("zoo2", "zoo2", true, 0),
                        new FileEntry("zoo2/y", "y", false, 1),
                        new FileEntry(".hidden", ".hidden", false, 0),
                        new FileEntry("A.txt", "A.txt", false, 0),
                        new FileEntry("b.txt", "b.txt", false, 0));
    }

    @Test
    void links_are_leaves_wherever_they_lead() throws IOException {
        Files.createSymbolicLink(folder.resolve("around"), folder);
        Files.createSymbolicLink(folder.resolve("out"), world);
        Files.createSymbolicLink(folder.resolve("nowhere"), world.resolve("nothing"));

        assertThat(browser.tree(folder.toString()).entries())
                .containsExactly(
                        new FileEntry("around", "around", false, 0),
                        new FileEntry("nowhere", "nowhere", false, 0),
                        new FileEntry("out", "out", false, 0));
    }

    @Test
    void a_folder_that_is_gone_or_no_folder_holds_nothing() throws IOException {
        assertThat(browser.tree(world.resolve("gone").toString()).entries()).isEmpty();
        assertThat(browser.tree(write("file", new byte[0]).toString()).entries())
                .isEmpty();
    }

    @Test
    void a_tree_deeper_than_anybody_reads_is_cut_and_says_so() throws IOException {
        Files.createDirectories(folder.resolve("d/".repeat(70)));

        assertThat(browser.tree(folder.toString()).truncated()).isTrue();
        assertThat(browser.tree(folder.toString()).entries()).hasSize(65);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "/etc/passwd", "..", "../folder/a.txt", "sub/../a.txt", "sub\\..\\a.txt", "C:\\a", "a\0"
            })
    void a_path_that_is_not_plainly_inside_is_refused(String path) throws IOException {
        write("a.txt", new byte[] {'a'});

        assertThat(refusal(path)).isEqualTo(ErrorCode.PATH_INVALID);
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        write("sub/a.txt", new byte[] {'a'});
        Files.writeString(world.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("inside"), folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("outside"), world.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("up"), world);
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));

        assertThat(refusal("inside/a.txt")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
        assertThat(refusal("outside")).isEqualTo(ErrorCode.PATH_INVALID);
        assertThat(refusal("up/secret")).isEqualTo(ErrorCode.PATH_INVALID);
        assertThat(refusal("loop")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    }

    @Test
    void a_folder_that_is_linked_into_its_place_is_looked_into() throws IOException {
        write("a.txt", new byte[] {'a'});
        Path link = Files.createSymbolicLink(world.resolve("link"), folder);

        assertThat(browser.preview(link.toString(), "./a.txt").content()).contains("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "sub", "sub/none", "a.txt/b"})
    void what_is_no_file_is_not_found(String path) throws IOException {
        write("sub/a", new byte[0]);
        write("a.txt", new byte[0]);

        assertThat(refusal(path)).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    }

    @Test
    void nothing_of_the_hostile_family_is_shown_and_the_rest_is() throws Exception {
        HostileFamily.plant(folder, Files.createDirectory(world.resolve("away")));
        write("good", new byte[] {'g'});

        assertThat(browser.tree(folder.toString()).entries())
                .filteredOn(entry -> !entry.name().startsWith("bad"))
                .extracting(FileEntry::path)
                .containsAll(HostileFamily.ODD)
                .contains("good", "pipe", "link");
        assertThat(browser.tree(folder.toString()).entries()).noneMatch(FileEntry::directory);
        for (String name : HostileFamily.BAD) {
            assertThat(refusal(name)).as(name).isIn(ErrorCode.PATH_INVALID, ErrorCode.FILE_NOT_FOUND);
        }
        assertThat(preview("sparse").mode()).isEqualTo(Mode.TOO_LARGE);
        assertThat(preview("new\nline").content()).contains("odd\n");
        assertThat(preview("good").content()).contains("g");
    }

    @ParameterizedTest
    @CsvSource({"262144,TEXT", "262145,TOO_LARGE", "0,TEXT"})
    void the_limit_is_256_kib_exactly(int size, Mode mode) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'a');
        write("a.txt", bytes);

        assertThat(preview("a.txt").mode()).isEqualTo(mode);
        assertThat(preview("a.txt").size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,utf-8", "GB18030,gb18030"})
    void texts_of_both_encodings_are_readable(String encoding, String name) throws IOException {
        byte[] bytes = "技能运行器：读取文件\n".getBytes(Charset.forName(encoding));
        write("a.txt", bytes);

        FilePreview preview = preview("a.txt");

        assertThat(preview.content()).contains("技能运行器：读取文件\n");
        assertThat(preview.size()).isEqualTo(bytes.length);
        assertThat(preview.encoding()).contains(name);
    }

    @Test
    void a_byte_order_mark_is_left_out() throws IOException {
        write("a.txt", "\uFEFFa".getBytes(StandardCharsets.UTF_8));

        assertThat(preview("a.txt").content()).contains("a");
        assertThat(preview("a.txt").size()).isEqualTo(4);
    }

    @Test
    void a_nul_many_controls_or_no_known_encoding_make_it_binary() throws IOException {
        write("nul", new byte[] {'a', 0, 'b'});
        write("controls", new byte[] {1, 2, 3, 4, 5, 6, 'a', 'b', 'c', 'd'});
        write("some", new byte[] {1, 2, 3, 4, 5, 'a', 'b', 'c', 'd', 'e'});
        write("unknown", new byte[] {'a', (byte) 0xff, (byte) 0xff, (byte) 0xff});

        assertThat(preview("nul")).isEqualTo(FilePreview.binary(3));
        assertThat(preview("controls").mode()).isEqualTo(Mode.BINARY);
        assertThat(preview("some").mode()).isEqualTo(Mode.TEXT);
        assertThat(preview("unknown").mode()).isEqualTo(Mode.BINARY);
        assertThat(preview("unknown").encoding()).isEmpty();
    }

    private Path write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private FilePreview preview(String path) {
        return browser.preview(folder.toString(), path);
    }

    private ErrorCode refusal(String path) {
        return catchThrowableOfType(RefusedException.class, () -> preview(path))
                .refusal()
                .code();
    }
}
