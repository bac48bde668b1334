package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;

class UntrustedFolderTest {
    private static final UntrustedFolder.Limits WIDE = new UntrustedFolder.Limits(64, 200_000);
    private static final int READS = 2_000;

    private final Path world;
    private final Path outside;
    private final Path folder;

    UntrustedFolderTest(@TempDir Path world) throws IOException {
        this.world = world;
        this.outside = Files.createDirectory(world.resolve("outside"));
        this.folder = Files.createDirectories(world.resolve("run/workspace"));
        Files.writeString(outside.resolve("secret"), HostileFamily.SECRET);
    }

    /** The folder of a test is removed by its paths, which are too long. */
    @AfterEach
    void removeWhatIsDeep() {
        FileTrees.remove(folder);
    }

    @Test
    void this_machine_holds_folders_by_descriptors() {
        assertThat(FolderHandles.ofThisMachine()).isEqualTo(FolderHandles.LINUX);
    }

    @ParameterizedTest
    @EnumSource(FolderHandles.class)
    void only_regular_files_of_one_name_are_opened(FolderHandles handles) throws Exception {
        HostileFamily.plant(folder, outside);
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("good"), "good");

        try (UntrustedFolder opened = open(handles)) {
            for (String name : HostileFamily.BAD) {
                assertThat(opened.file(name)).as(name).isEmpty();
            }
            for (String name : HostileFamily.ODD) {
                assertThat(opened.file(name)).as(name).isPresent().get().satisfies(FileChannel::close);
            }
            assertThat(opened.file("link-to-folder/secret")).isEmpty();
            assertThat(opened.file("a")).isEmpty();
            assertThat(opened.file("a/b/absent")).isEmpty();
            assertThat(opened.file("../../outside/secret")).isEmpty();
            assertThat(opened.file(outside.resolve("secret").toString())).isEmpty();
            assertThat(content(opened.file("a/b/good"))).isEqualTo("good");
        }
    }

    @ParameterizedTest
    @EnumSource(FolderHandles.class)
    void a_list_names_everything_and_says_what_is_passed_over(FolderHandles handles) throws Exception {
        HostileFamily.plant(folder, outside);
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("good"), "good");

        try (UntrustedFolder opened = open(handles)) {
            FolderListing listing = opened.list(WIDE, path -> true);

            assertThat(listing.complete()).isTrue();
            assertThat(listing.files().stream().map(FoundEntry::path))
                    .containsAll(HostileFamily.ODD)
                    .contains("a/b/good")
                    .hasSize(HostileFamily.ODD.size() + 1);
            assertThat(listing.passedOver())
                    .containsEntry(EntryKind.LINK, 4L)
                    .containsEntry(EntryKind.SEVERAL_NAMES, 1L)
                    .containsEntry(EntryKind.UNNAMEABLE, 1L);
            assertThat(listing.entries().get(0).path()).isEqualTo("a");
        }
    }

    @Test
    void a_name_that_a_client_could_not_give_back_is_passed_over() throws Exception {
        Files.writeString(folder.resolve("a\\b"), "x");
        Files.writeString(Files.createDirectory(folder.resolve("f\\g")).resolve("inside"), "x");
        Files.writeString(folder.resolve("c:"), "x");
        Files.writeString(Files.createDirectory(folder.resolve("d")).resolve("e:"), "x");

        try (UntrustedFolder opened = open(FolderHandles.ofThisMachine())) {
            FolderListing listing = opened.list(WIDE, path -> true);

            assertThat(listing.files().stream().map(FoundEntry::path)).containsExactly("d/e:");
            assertThat(listing.passedOver()).containsExactly(Map.entry(EntryKind.UNNAMEABLE, 3L));
            assertThat(opened.file("d/e:")).isPresent().get().satisfies(FileChannel::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "link-to-folder", "dangling", "loop", "hard-link", "pipe", "socket"})
    void a_folder_below_that_is_none_is_not_opened_but_replaced(String planted) throws Exception {
        HostileFamily.plant(folder, outside);

        assertThat(UntrustedFolder.open(world.resolve("run"), "workspace", planted))
                .isEmpty();
        try (UntrustedFolder made = UntrustedFolder.make(world.resolve("run"), "workspace", planted, "deep")) {
            made.write("file", "mine".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(folder.resolve(planted).resolve("deep/file")).hasContent("mine");
        assertThat(outside.toFile().list()).containsExactly("secret");
        assertThat(outside.resolve("secret")).hasContent(HostileFamily.SECRET);
    }

    @Test
    void what_is_removed_is_removed_inside_only() throws Exception {
        HostileFamily.plant(Files.createDirectory(folder.resolve("tree")), outside);

        try (UntrustedFolder opened = open(FolderHandles.LINUX)) {
            opened.remove("tree");
        }

        assertThat(folder).isEmptyDirectory();
        assertThat(outside.resolve("secret")).hasContent(HostileFamily.SECRET);
    }

    @Test
    void a_folder_that_is_moved_away_stays_the_one_that_is_held() throws Exception {
        try (UntrustedFolder opened = open(FolderHandles.LINUX)) {
            Files.move(folder, world.resolve("moved"));
            Files.createSymbolicLink(folder, outside);

            opened.write("file", "mine".getBytes(StandardCharsets.UTF_8));

            assertThat(world.resolve("moved/file")).hasContent("mine");
            assertThat(opened.file("secret")).isEmpty();
        }
        assertThat(outside.toFile().list()).containsExactly("secret");
    }

    @Test
    void what_is_too_deep_or_too_many_ends_the_list_and_not_the_server() throws Exception {
        HostileFamily.nest(folder, 1_000);
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.createFile(many.resolve("file" + i));
        }

        try (UntrustedFolder opened = open(FolderHandles.LINUX)) {
            FolderListing deep = opened.list(new UntrustedFolder.Limits(20, 10_000), path -> true);
            assertThat(deep.complete()).isFalse();
            assertThat(deep.files()).hasSize(300);
            FolderListing few = opened.list(new UntrustedFolder.Limits(20, 100), path -> !path.startsWith("chain"));
            assertThat(few.complete()).isFalse();
            assertThat(few.entries()).hasSize(100);
        }
    }

    @Test
    void paths_that_would_fill_the_memory_end_the_list() throws Exception {
        HostileFamily.nest(folder, 60);
        try (UntrustedFolder opened = open(FolderHandles.LINUX);
                UntrustedFolder deepest = opened.makeFolder(Stream.concat(
                                Stream.of("chain"),
                                Stream.generate(() -> "n".repeat(100)).limit(59))
                        .toList())) {
            for (int i = 0; i < 3_000; i++) {
                deepest.write("f".repeat(200) + i, new byte[0]);
            }

            FolderListing listing = opened.list(WIDE, path -> true);

            assertThat(listing.complete()).isFalse();
            assertThat(listing.files().stream()
                            .mapToLong(file -> file.path().length())
                            .sum())
                    .isBetween(10_000_000L, 16_000_000L);
        }
    }

    @Test
    void a_swap_for_a_link_a_pipe_or_a_folder_shows_nothing_from_outside_and_hangs_nobody() throws Exception {
        HostileFamily.plant(outside, outside);
        AtomicBoolean over = new AtomicBoolean();
        Path place = folder.resolve("a/file");
        Path above = folder.resolve("a");
        Files.createDirectory(above);
        Files.writeString(outside.resolve("file"), HostileFamily.SECRET);
        ExecutorService swapper = Executors.newSingleThreadExecutor();
        int seen = 0;
        try (UntrustedFolder opened = open(FolderHandles.LINUX)) {
            Future<Integer> swapping = swapper.submit(() -> swapUntil(over, place, above));
            for (int i = 0; i < READS || (seen == 0 && i < 100 * READS); i++) {
                Optional<String> read = opened.file("a/file").map(UntrustedFolderTest::content);
                seen += read.isPresent() ? 1 : 0;
                assertThat(read.orElse("good")).isIn("good", "");
                assertThat(opened.list(WIDE, path -> true).files())
                        .allMatch(file -> !file.path().contains("secret"));
            }
            over.set(true);
            assertThat(swapping.get()).isPositive();
        } finally {
            over.set(true);
            swapper.shutdownNow();
        }
        assertThat(seen).isPositive();
        assertThat(outside.resolve("secret")).hasContent(HostileFamily.SECRET);
    }

    /** In another JVM, whose descriptors can be used up. */
    @Test
    void a_machine_that_can_not_look_says_so_instead_of_showing_nothing() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("file"), "x");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 128 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:-MaxFDLimit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FewDescriptors.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines()).containsExactly("listed", "opened", "not listed", "not opened");
    }

    /** Looks twice: with descriptors to spare, and with none. */
    static final class FewDescriptors {
        private FewDescriptors() {}

        public static void main(String[] arguments) throws IOException {
            Path place = Path.of(arguments[0]);
            StringBuilder said = new StringBuilder();
            try (UntrustedFolder folder = UntrustedFolder.open(place).orElseThrow()) {
                look(folder, said);
                List<FileChannel> held = new ArrayList<>();
                try {
                    while (true) {
                        held.add(FileChannel.open(place.resolve("a/file")));
                    }
                } catch (IOException e) {
                    look(folder, said);
                } finally {
                    for (FileChannel channel : held) {
                        channel.close();
                    }
                }
            }
            System.out.print(said);
        }

        private static void look(UntrustedFolder folder, StringBuilder said) {
            try {
                said.append(folder.list(WIDE, path -> true).files().isEmpty() ? "nothing\n" : "listed\n");
            } catch (UncheckedIOException e) {
                said.append("not listed\n");
            }
            try (FileChannel channel = folder.file("a/file").orElse(null)) {
                said.append(channel == null ? "nothing\n" : "opened\n");
            } catch (IOException | UncheckedIOException e) {
                said.append("not opened\n");
            }
        }
    }

    /** Puts one thing after another in the place of a file, and a link in the place of its folder. */
    private int swapUntil(AtomicBoolean over, Path place, Path above) throws IOException {
        Path ready = world.resolve("ready");
        int rounds = 0;
        for (; !over.get(); rounds++) {
            Files.writeString(ready, "good");
            Files.move(ready, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.createSymbolicLink(ready, outside.resolve("secret"));
            Files.move(ready, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.createLink(ready, outside.resolve("secret"));
            Files.move(ready, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.createLink(ready, outside.resolve("pipe"));
            Files.move(ready, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.move(above, world.resolve("aside"));
            Files.createSymbolicLink(above, outside);
            Files.delete(above);
            Files.move(world.resolve("aside"), above);
        }
        return rounds;
    }

    private UntrustedFolder open(FolderHandles handles) {
        return UntrustedFolder.open(handles, world.resolve("run"), "workspace").orElseThrow();
    }

    private static String content(Optional<FileChannel> opened) {
        return content(opened.orElseThrow());
    }

    private static String content(FileChannel opened) {
        try (FileChannel channel = opened) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            channel.read(bytes);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
