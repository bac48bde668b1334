package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.hostile.HangingFolder;
import skillrunner.workspace.file.FilesystemFolderBrowser;
import skillrunner.workspace.json.NetworkntSchemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Skills on a file system that stops to answer, as one of a network does. It takes root and FUSE to make one. */
@Tag("one-jdk")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingSkillFolderTest {
    private static final SkillId DEMO = new SkillId("demo");

    private final Path installed;
    private final Path share;
    private final FilesystemSkillStore store;

    HangingSkillFolderTest(@TempDir Path world) throws IOException {
        this.installed = Files.createDirectories(world.resolve("installed"));
        this.share = Files.createDirectories(world.resolve("share"));
        this.store = new FilesystemSkillStore(
                List.of(installed),
                new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                Clock.systemUTC());
        SkillFolder.valid(installed, "sound");
    }

    @Test
    void a_linked_skill_that_stops_to_answer_is_degraded_and_holds_up_no_other() throws Exception {
        SkillFolder.valid(share, "demo");
        Files.createSymbolicLink(installed.resolve("demo"), share.resolve("demo"));
        InstalledSkill demo = store.find(DEMO).orElseThrow();
        try (HangingFolder hanging = hang(share)) {
            assertThat(hanging).isNotNull();

            assertThat(store.entries()).extracting(SkillEntry::id).containsExactly("demo", "sound");
            assertThat(store.entry("demo").orElseThrow().healthError())
                    .contains("its folder lies on a file system that does not answer");
            assertThat(store.list())
                    .extracting(skill -> skill.manifest().id().value())
                    .containsExactly("sound");
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> store.find(DEMO));
            FilesystemFolderBrowser browser = new FilesystemFolderBrowser();
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> browser.tree(demo.location()));
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> browser.preview(demo.location(), "SKILL.md"));
        }
        SkillEntry found = store.entry("demo").orElseThrow();
        while (found.problems().equals(SkillReader.SILENT)) {
            found = store.entry("demo").orElseThrow();
        }
        assertThat(found.healthy()).isTrue();
        assertThat(store.fileHashes(demo)).containsKey("SKILL.md");
    }

    @Test
    void a_skill_that_is_mounted_in_its_place_and_never_answers_holds_up_no_other() throws Exception {
        Path mounted = Files.createDirectory(installed.resolve("demo"));
        try (HangingFolder hanging = hang(mounted)) {
            assertThat(hanging).isNotNull();

            assertThat(store.entry("demo").orElseThrow().healthy()).isFalse();
            assertThat(store.entry("sound").orElseThrow().healthy()).isTrue();
        }
    }

    private static HangingFolder hang(Path folder) throws IOException {
        var mounted = HangingFolder.mount(folder);
        assumeThat(mounted).as("it takes root and FUSE").isPresent();
        return mounted.get();
    }
}
