package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.FileTrees;
import skillrunner.files.UntrustedFolder;
import skillrunner.testkit.hostile.HostileFamily;
import skillrunner.workspace.json.NetworkntSchemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What may be planted among the installed skills shows nothing from outside, holds nobody up and hides no other skill. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileSkillFolderTest {
    private static final SkillId DEMO = new SkillId("demo");
    private static final List<String> READ = List.of(
            "SKILL.md",
            "assets",
            "assets/runner.json",
            "assets/input.schema.json",
            "assets/parameter.schema.json",
            "assets/output.schema.json");

    private final Path world;
    private final Path installed;
    private final Path outside;
    private final Path planted;
    private final FilesystemSkillStore store;
    private SkillFolder demo;

    HostileSkillFolderTest(@TempDir Path world) throws Exception {
        this.world = world;
        this.installed = world.resolve("installed");
        this.outside = Files.createDirectory(world.resolve("outside"));
        this.planted = Files.createDirectory(world.resolve("planted"));
        this.store = new FilesystemSkillStore(
                List.of(installed),
                new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                Clock.systemUTC());
        SkillFolder.valid(installed, "sound");
        demo = SkillFolder.valid(installed, "demo");
        HostileFamily.plant(planted, outside);
    }

    @AfterEach
    void removeWhatIsDeep() {
        FileTrees.remove(installed);
    }

    static Stream<Arguments> everyKindAtEveryPath() {
        return READ.stream().flatMap(path -> Stream.concat(HostileFamily.BAD.stream(), Stream.of("sparse", "folder"))
                .filter(kind -> !path.equals("assets") || !kind.equals("folder"))
                .map(kind -> Arguments.of(kind, path)));
    }

    @ParameterizedTest
    @MethodSource("everyKindAtEveryPath")
    void what_is_no_regular_file_of_one_name_degrades_its_skill_and_no_other(String kind, String path)
            throws Exception {
        Path moved = Files.move(demo.folder().resolve(path), world.resolve("moved"));
        if (!put(kind, demo.folder().resolve(path), moved)) {
            return;
        }

        SkillEntry found = store.entry("demo").orElseThrow();

        assertThat(found.healthy()).isFalse();
        assertThat(found.toString()).doesNotContain(HostileFamily.SECRET);
        assertThat(store.find(DEMO)).isEmpty();
        assertThat(store.list())
                .extracting(skill -> skill.manifest().id().value())
                .containsExactly("sound");
    }

    @Test
    void whatever_lies_beside_the_skills_is_passed_over() throws Exception {
        try (Stream<Path> all = Files.list(planted)) {
            for (Path each : all.toList()) {
                Files.move(each, installed.resolve(each.getFileName()));
            }
        }
        HostileFamily.nest(Files.createDirectory(installed.resolve("deep")), 300);

        assertThat(store.entries()).extracting(SkillEntry::id).containsExactly("demo", "sound");
        for (String name : HostileFamily.BAD) {
            assertThat(store.entry(name)).as(name).isEmpty();
        }
    }

    @Test
    void only_regular_files_of_one_name_are_hashed_and_copied() throws Exception {
        InstalledSkill skill = store.find(DEMO).orElseThrow();
        Map<String, String> before = store.fileHashes(skill);
        Path scripts = Files.createDirectory(demo.folder().resolve("scripts"));
        try (Stream<Path> all = Files.list(planted)) {
            for (Path each : all.toList()) {
                Files.move(each, scripts.resolve(each.getFileName()));
            }
        }

        Map<String, String> hashes = store.fileHashes(skill);
        Path copy = Files.createDirectory(world.resolve("copy"));
        try (UntrustedFolder from = UntrustedFolder.open(demo.folder()).orElseThrow();
                UntrustedFolder to = UntrustedFolder.open(copy).orElseThrow()) {
            SkillContent.copy("demo", from, to);
        }

        List<String> odd =
                HostileFamily.ODD.stream().map(name -> "scripts/" + name).toList();
        assertThat(hashes).containsKeys(odd.toArray(String[]::new)).hasSize(before.size() + odd.size());
        assertThat(copy.resolve("scripts").toFile().list())
                .as("a file of 1 TiB takes no space there and all of it here")
                .containsExactlyInAnyOrderElementsOf(HostileFamily.ODD.stream()
                        .filter(name -> !name.equals("sparse"))
                        .toList());
    }

    @Test
    void a_huge_file_has_a_part_in_the_fingerprint_by_its_size_and_time() throws Exception {
        Files.move(planted.resolve("sparse"), demo.folder().resolve("sparse"));
        InstalledSkill skill = store.find(DEMO).orElseThrow();
        String before = store.fileHashes(skill).get("sparse");

        Files.setLastModifiedTime(demo.folder().resolve("sparse"), FileTime.fromMillis(1_000_000));

        assertThat(store.fileHashes(skill).get("sparse")).isNotEqualTo(before);
    }

    @Test
    @Tag("one-jdk")
    void what_is_too_many_or_too_deep_is_passed_over() throws Exception {
        InstalledSkill skill = store.find(DEMO).orElseThrow();
        Path many = Files.createDirectory(demo.folder().resolve("zzz"));
        for (int i = 0; i < 20_100; i++) {
            Files.createFile(many.resolve("file" + i));
        }
        HostileFamily.nest(Files.createDirectory(demo.folder().resolve("zzzz")), 300);

        assertThat(store.fileHashes(skill).size()).isBetween(19_000, 20_000);
        assertThat(store.find(DEMO)).isPresent();
    }

    @Test
    void a_text_for_an_engine_is_a_regular_file_of_one_name_and_bounded() throws Exception {
        InstalledSkill skill = store.find(DEMO).orElseThrow();
        List<String> kinds = new ArrayList<>(HostileFamily.BAD);
        kinds.remove("device");
        for (String kind : kinds) {
            Files.move(
                    planted.resolve(kind),
                    demo.folder().resolve("assets/codex_config.toml"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(store.readText(skill, "assets/codex_config.toml"))
                    .as(kind)
                    .isEmpty();
            assertThat(store.readText(skill, "assets/codex_config.toml/secret"))
                    .as(kind)
                    .isEmpty();
        }
        Files.move(planted.resolve("sparse"), demo.folder().resolve("assets/huge.toml"));
        assertThat(catchThrowable(() -> store.readText(skill, "assets/huge.toml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than one MiB");
    }

    /** @return false if the kind can't be made on this machine */
    private boolean put(String kind, Path place, Path moved) throws IOException {
        if (kind.equals("folder")) {
            Files.createDirectory(place);
            return true;
        }
        if (!Files.exists(planted.resolve(kind), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (kind.equals("hard-link") && Files.isRegularFile(moved)) {
            // With the right content, so that nothing but its second name is wrong with it.
            Files.createLink(place, moved);
            return true;
        }
        if (kind.equals("link") || kind.equals("link-to-folder")) {
            Files.createSymbolicLink(place, moved);
            return true;
        }
        Files.move(planted.resolve(kind), place);
        return true;
    }
}
