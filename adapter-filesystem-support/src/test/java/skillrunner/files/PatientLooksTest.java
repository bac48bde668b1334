package skillrunner.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.hostile.HangingFolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatientLooksTest {
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Path world;

    PatientLooksTest(@TempDir Path world) {
        this.world = world;
    }

    @Test
    void what_a_look_comes_to_is_passed_on_and_so_is_what_it_meets() throws Exception {
        assertThat(PatientLooks.at(world, LONG, () -> "seen")).isEqualTo("seen");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> PatientLooks.at(world, LONG, () -> Files.readString(world.resolve("absent"))));
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> PatientLooks.at(world, LONG, () -> {
                    throw new StackOverflowError();
                }));
    }

    @Test
    void a_place_that_is_silent_is_not_asked_again_until_it_answers() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        assertSilent(SHORT, () -> awaited(answers));

        assertSilent(LONG, () -> "not asked");
        assertThat(PatientLooks.at(world.resolve("elsewhere"), LONG, () -> "seen"))
                .isEqualTo("seen");

        answers.countDown();
        String said = "silent";
        while (said.equals("silent")) {
            said = said();
        }
        assertThat(said).isEqualTo("seen");
    }

    @Test
    void more_places_may_hang_than_looks_are_made_at_once() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        try {
            for (int i = 0; i < 100; i++) {
                Path place = world.resolve("place" + i);
                assertThatExceptionOfType(NoAnswerException.class)
                        .isThrownBy(() -> PatientLooks.at(place, Duration.ofMillis(2), () -> awaited(answers)));
            }
            assertThat(PatientLooks.at(world, LONG, () -> "seen")).isEqualTo("seen");
        } finally {
            answers.countDown();
        }
    }

    @Test
    void a_file_system_that_never_answers_is_given_up() throws Exception {
        Path folder = Files.createDirectory(world.resolve("hanging"));
        Optional<HangingFolder> hanging = HangingFolder.mount(folder);
        assumeThat(hanging).as("it takes root and FUSE").isPresent();
        try (HangingFolder closed = hanging.get()) {
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> PatientLooks.at(folder, SHORT, () -> Files.exists(folder.resolve("file"))))
                    .withMessageContaining("does not answer");
            assertThat(closed).isNotNull();
        }
    }

    @Test
    void what_is_mounted_among_files_of_others_is_told_without_asking_it() throws Exception {
        Path folder = Files.createDirectories(world.resolve("workspace/sub/hanging"));
        Files.writeString(world.resolve("workspace/sub/good"), "good");
        Optional<HangingFolder> hanging = HangingFolder.mount(folder);
        assumeThat(hanging).as("it takes root and FUSE").isPresent();
        try (HangingFolder closed = hanging.get();
                UntrustedFolder workspace =
                        UntrustedFolder.open(world.resolve("workspace")).orElseThrow()) {
            FolderListing listing = workspace.list(new UntrustedFolder.Limits(64, 100), path -> true);

            assertThat(listing.entries())
                    .extracting(FoundEntry::path, FoundEntry::kind)
                    .containsExactly(
                            tuple("sub", EntryKind.FOLDER),
                            tuple("sub/good", EntryKind.FILE),
                            tuple("sub/hanging", EntryKind.MOUNT));
            assertThat(workspace.file("sub/hanging/file")).isEmpty();
            assertThat(workspace.file("sub/hanging")).isEmpty();
            assertThat(UntrustedFolder.open(world, "workspace", "sub", "hanging"))
                    .isEmpty();
            assertThat(closed).isNotNull();
        }
    }

    private void assertSilent(Duration patience, PatientLooks.Look<String> look) {
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> PatientLooks.at(world, patience, look));
    }

    private String said() throws IOException {
        try {
            return PatientLooks.at(world, LONG, () -> "seen");
        } catch (NoAnswerException e) {
            return "silent";
        }
    }

    private static String awaited(CountDownLatch answers) {
        try {
            return String.valueOf(answers.await(1, TimeUnit.HOURS));
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }
}
