package skillrunner.workspace.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZipIntakeTest {
    private static final ZipLimits SMALL = new ZipLimits(1 << 20, 10, 4 << 20, 3 << 20, 100, 255, 20);

    private final Path temporary;
    private final Path world;
    private final Path folder;

    ZipIntakeTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        this.world = Files.createDirectory(temporary.resolve("world"));
        this.folder = world.resolve("target");
    }

    @Test
    void files_are_unpacked_and_listed_in_order() throws Exception {
        byte[] zip = Zips.of("b.txt", "two", "sub/", "", "sub/a.txt", "one", "./c\\d.txt", "three");

        List<String> files = unpack(zip, ZipLimits.UPLOAD);

        assertThat(files).containsExactly("b.txt", "c/d.txt", "sub/a.txt");
        assertThat(folder.resolve("b.txt")).hasContent("two");
        assertThat(folder.resolve("sub/a.txt")).hasContent("one");
        assertThat(folder.resolve("c/d.txt")).hasContent("three");
        assertThat(names(world)).containsExactly("target");
    }

    @Test
    void a_stored_file_arrives_byte_by_byte() throws Exception {
        byte[] content = new byte[200_000];
        new Random(3).nextBytes(content);

        unpack(Zips.stored("input_file", content), ZipLimits.UPLOAD);

        assertThat(folder.resolve("input_file")).hasBinaryContent(content);
    }

    @Test
    void of_the_rights_an_archive_wants_only_that_of_the_owner_to_execute_stays() throws Exception {
        unpack(Zips.withMode("tool", "#!/bin/sh\n", 0104777), ZipLimits.UPLOAD);

        assertThat(Files.getPosixFilePermissions(folder.resolve("tool")))
                .contains(PosixFilePermission.OWNER_EXECUTE)
                .doesNotContain(
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_EXECUTE,
                        PosixFilePermission.OTHERS_WRITE);
    }

    @Test
    void names_are_read_by_the_code_page_they_are_in_before_anything_looks_for_separators() throws Exception {
        Charset gbk = Charset.forName("GBK");
        Charset big5 = Charset.forName("Big5");
        Charset japanese = Charset.forName("windows-31j");
        byte[] zip = Zips.named(
                "references/成功案例.md".getBytes(big5),
                "参考资料.md".getBytes(gbk),
                "统计/数据 2024.csv".getBytes(gbk),
                "表計算/能力.txt".getBytes(japanese),
                "ソース.txt".getBytes(japanese),
                "已标记.txt".getBytes(StandardCharsets.UTF_8),
                "plain.txt".getBytes(StandardCharsets.US_ASCII));

        assertThat(unpack(zip, ZipLimits.UPLOAD))
                .containsExactlyInAnyOrder(
                        "references/成功案例.md",
                        "参考资料.md",
                        "统计/数据 2024.csv",
                        "表計算/能力.txt",
                        "ソース.txt",
                        "已标记.txt",
                        "plain.txt");
    }

    @Test
    void a_name_that_fits_no_encoding_is_refused_by_name_unless_somebody_says_which_it_is() throws Exception {
        byte[] zip = Zips.named("caf\u00e9.txt".getBytes(Charset.forName("IBM437")));

        assertThatThrownBy(() -> unpack(zip, ZipLimits.UPLOAD))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal().detail())
                                .contains("neither UTF-8 nor GB18030, Big5 or Shift-JIS: caf\\x82.txt")
                                .contains("SKILL_RUNNER_ARCHIVE_NAME_CHARSET"));
        assertThat(new ZipIntake(ZipLimits.UPLOAD, Optional.of(Charset.forName("IBM437")))
                        .unpack(new ByteArrayInputStream(zip), folder))
                .containsExactly("caf\u00e9.txt");
    }

    @Test
    void a_way_out_that_shows_only_once_the_name_is_decoded_is_refused() throws Exception {
        // In Shift-JIS the last byte is a backslash of its own, not the half of a character.
        refused(
                ErrorCode.ARCHIVE_INVALID,
                Zips.named(new byte[] {(byte) 0x83, 0x5C, '.', '.', '.', '/', '.', '.', '/', 'x'}),
                ZipLimits.UPLOAD);
        refused(
                ErrorCode.ARCHIVE_INVALID,
                Zips.named(new byte[] {(byte) 0x95, 0x5C, 0x5C, '.', '.', 0x5C, 'x'}),
                ZipLimits.UPLOAD);
    }

    static Stream<Arguments> bad() throws IOException {
        byte[] plain = Zips.of("a.txt", "some text that is packed");
        byte[] random = new byte[5_000];
        new Random(5).nextBytes(random);
        byte[] stored = Zips.stored("a.bin", random);
        byte[] flipped = stored.clone();
        flipped[1_000] ^= 1;
        return Stream.of(
                Arguments.of("slip", Zips.of("../evil.txt", "x")),
                Arguments.of("slip behind a folder", Zips.of("a/../../evil.txt", "x")),
                Arguments.of("slip after a good file", Zips.of("good.txt", "x", "../evil.txt", "x")),
                Arguments.of("absolute", Zips.of("/tmp/evil.txt", "x")),
                Arguments.of("drive", Zips.of("C:/evil.txt", "x")),
                Arguments.of("backslash", Zips.of("..\\evil.txt", "x")),
                Arguments.of("leading backslash", Zips.of("\\evil.txt", "x")),
                Arguments.of("NUL", Zips.of("a\0b", "x")),
                Arguments.of("link", Zips.withMode("link", "/etc/passwd", 0120777)),
                Arguments.of("pipe", Zips.withMode("pipe", "", 0010644)),
                Arguments.of("device", Zips.withMode("device", "", 0020644)),
                Arguments.of("hard link", Zips.withExtra("link", new byte[] {
                    0x0d, 0, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 'e', 'v', 'i', 'l'
                })),
                Arguments.of("link by extra field", Zips.link("link", "/etc/passwd")),
                Arguments.of("twice", Zips.of("a.txt", "x", "a.txt", "y")),
                Arguments.of("twice by another spelling", Zips.of("a.txt", "x", "./a.txt", "y")),
                Arguments.of("twice but for case", Zips.of("a/B.txt", "x", "A/b.TXT", "y")),
                Arguments.of("file, then folder", Zips.of("a", "x", "a/", "")),
                Arguments.of("folder, then file", Zips.of("a/", "", "a", "x")),
                Arguments.of("file, then file in it", Zips.of("a", "x", "a/b", "y")),
                Arguments.of("file in it, then file", Zips.of("a/b/c", "y", "A", "x")),
                Arguments.of("folder with content", Zips.of("a/", "x")),
                Arguments.of("folder with content by a backslash", Zips.of("a\\", "x")),
                Arguments.of("encrypted", Zips.encrypted(plain)),
                Arguments.of("too deep", Zips.of("a/".repeat(20) + "b", "x")),
                Arguments.of("path too long", Zips.of("a".repeat(256), "x")),
                Arguments.of("name too long for a file system", Zips.of("\u4e2d".repeat(100), "x")),
                Arguments.of("unknown method", Zips.withMethod(plain, 99)),
                Arguments.of("method bzip2", Zips.withMethod(plain, 12)),
                Arguments.of("method lzma", Zips.withMethod(plain, 14)),
                Arguments.of("method zstd", Zips.withMethod(plain, 93)),
                Arguments.of("method xz", Zips.withMethod(plain, 95)),
                Arguments.of("flipped bit", flipped),
                Arguments.of("claims to be smaller", Zips.claiming(plain, 3)),
                Arguments.of("claims to be larger", Zips.claiming(plain, 3_000)),
                Arguments.of("no entries", Zips.of()),
                Arguments.of("no bytes", new byte[0]),
                Arguments.of("no archive", "hello, this is no zip".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("random", random));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void a_bad_archive_is_refused_and_leaves_nothing(String kind, byte[] zip) throws Exception {
        refused(ErrorCode.ARCHIVE_INVALID, zip, ZipLimits.UPLOAD);
    }

    @Test
    void an_archive_that_breaks_off_is_refused_wherever_it_does() throws Exception {
        byte[] zip = Zips.of("one.txt", "text ".repeat(50), "sub/", "", "sub/two.txt", "more");

        for (int length = 0; length < zip.length; length += 3) {
            refused(ErrorCode.ARCHIVE_INVALID, Arrays.copyOf(zip, length), ZipLimits.UPLOAD);
        }
    }

    @Test
    void more_entries_than_allowed_are_refused() throws Exception {
        refused(ErrorCode.ARCHIVE_INVALID, Zips.many(6_000), ZipLimits.UPLOAD);
    }

    @Test
    void a_bomb_is_found_by_counting_and_not_by_its_claims() throws Exception {
        byte[] bomb = Zips.zeros("bomb", 40L << 20);
        ZipLimits anyRatio = new ZipLimits(1 << 20, 10, 8 << 20, 8 << 20, Integer.MAX_VALUE, 255, 20);

        ZipLimits large = new ZipLimits(1 << 20, 10, 200 << 20, 200 << 20, 100, 255, 20);

        refused(ErrorCode.ARCHIVE_INVALID, Zips.zeros("bomb", 66L << 20), large);
        refused(ErrorCode.ARCHIVE_INVALID, Zips.claiming(Zips.zeros("bomb", 66L << 20), 10), large);
        refused(ErrorCode.ARCHIVE_INVALID, Zips.claiming(bomb, 10), anyRatio);
    }

    @Test
    void a_sparse_table_may_be_packed_as_tightly_as_it_will() throws Exception {
        assertThat(unpack(Zips.zeros("sparse.csv", 3L << 20), ZipLimits.UPLOAD)).containsExactly("sparse.csv");
    }

    @Test
    void many_files_that_are_too_large_only_together_are_refused() throws Exception {
        String megabyte = "0123456789abcdef".repeat(1 << 16);
        ZipLimits limits = new ZipLimits(1 << 20, 10, 3 << 20, 2 << 20, Integer.MAX_VALUE, 255, 20);

        refused(ErrorCode.ARCHIVE_INVALID, Zips.of("a", megabyte, "b", megabyte, "c", megabyte, "d", megabyte), limits);
        assertThat(unpack(Zips.of("a", megabyte, "b", megabyte, "c", megabyte), limits))
                .hasSize(3);
    }

    @Test
    void an_archive_that_is_itself_too_large_is_refused_while_it_arrives() throws Exception {
        byte[] random = new byte[2 << 20];
        new Random(9).nextBytes(random);

        refused(ErrorCode.BODY_TOO_LARGE, Zips.stored("a", random), SMALL);
    }

    @Test
    void a_sender_that_breaks_off_is_told_apart_and_leaves_nothing() throws Exception {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(Zips.of("a", "x"), 0, 20), new Broken());

        assertThatIOException()
                .isThrownBy(() -> new ZipIntake(ZipLimits.UPLOAD).unpack(broken, folder))
                .withMessage("connection reset");

        assertThat(names(world)).isEmpty();
    }

    @Test
    void a_refusal_shows_no_control_characters_of_a_name() throws Exception {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> unpack(Zips.of("../a\r\n\u001b[31m", "x"), ZipLimits.UPLOAD))
                .satisfies(e -> assertThat(e.refusal().detail()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void a_package_has_one_folder_at_its_top_and_what_a_mac_adds_is_left_out() throws Exception {
        byte[] zip = Zips.of(
                "__MACOSX/._demo", "x", ".DS_Store", "x", "./demo/", "", "demo/a.txt", "a", "demo/b/.DS_Store", "x");

        assertThat(unpackPackage(zip)).isEqualTo("demo");

        assertThat(names(folder)).containsExactly("demo");
        assertThat(names(folder.resolve("demo"))).containsExactly("a.txt");
    }

    static Stream<Arguments> noPackages() throws IOException {
        return Stream.concat(
                Stream.of(
                        Arguments.of("two folders", Zips.of("a/x", "x", "b/x", "x")),
                        Arguments.of("two folders but for case", Zips.of("a/x", "x", "A/y", "x")),
                        Arguments.of("file beside the folder", Zips.of("a/x", "x", "b", "x")),
                        Arguments.of("only a file", Zips.of("a", "x")),
                        Arguments.of("only litter", Zips.of("__MACOSX/a", "x", ".DS_Store", "x"))),
                bad());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noPackages")
    void a_bad_package_is_refused_and_leaves_nothing(String kind, byte[] zip) throws Exception {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> unpackPackage(zip))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.ARCHIVE_INVALID));

        assertThat(names(world)).isEmpty();
        assertThat(names(temporary)).containsExactly("package.zip", "world");
    }

    @Test
    void programs_of_a_package_stay_executable_wherever_they_are() throws Exception {
        unpackPackage(Zips.withModes(
                Map.of("demo/scripts/run.sh", 0100755, "demo/scripts/data.txt", 0100644, "demo/bin/tool", 0100755)));

        assertThat(Files.isExecutable(folder.resolve("demo/scripts/run.sh"))).isTrue();
        assertThat(Files.isExecutable(folder.resolve("demo/bin/tool"))).isTrue();
        assertThat(Files.isExecutable(folder.resolve("demo/scripts/data.txt"))).isFalse();
    }

    private String unpackPackage(byte[] zip) throws IOException {
        Path archive = Files.write(temporary.resolve("package.zip"), zip);
        return new ZipIntake(ZipLimits.UPLOAD).unpackPackage(archive, folder);
    }

    private List<String> unpack(byte[] zip, ZipLimits limits) throws IOException {
        return new ZipIntake(limits).unpack(new ByteArrayInputStream(zip), folder);
    }

    private void refused(ErrorCode code, byte[] zip, ZipLimits limits) throws IOException {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> unpack(zip, limits))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(code));
        assertThat(names(world)).isEmpty();
        assertThat(names(temporary)).containsExactly("world");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
