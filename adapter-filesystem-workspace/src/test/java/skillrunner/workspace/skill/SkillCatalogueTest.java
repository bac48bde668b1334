package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.workspace.json.NetworkntSchemas;

import static org.assertj.core.api.Assertions.assertThat;

class SkillCatalogueTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Path world;
    private final Path installed;
    private final Path builtIn;
    private final ManualClock clock = new ManualClock(LONG_AGO.plus(Duration.ofDays(1)));
    private final FilesystemSkillStore store;

    SkillCatalogueTest(@TempDir Path world) throws IOException {
        this.world = world;
        this.installed = Files.createDirectories(world.resolve("installed"));
        this.builtIn = world.resolve("builtin");
        this.store = new FilesystemSkillStore(
                List.of(installed, builtIn), new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()), clock);
    }

    @Test
    void a_healthy_skill_is_described_and_has_no_problems() throws IOException {
        settle(SkillFolder.valid(installed, "demo"));

        SkillEntry demo = store.entry("demo").orElseThrow();

        assertThat(demo.healthy()).isTrue();
        assertThat(demo.healthError()).isEmpty();
        assertThat(demo.description()).isEqualTo("d");
        assertThat(demo.installedAt()).isEqualTo(LONG_AGO);
        assertThat(demo.installed()).isEqualTo(store.find(new SkillId("demo")));
        assertThat(store.entries()).containsExactly(demo);
    }

    @Test
    void a_folder_with_instructions_only_says_what_it_lacks() throws IOException {
        Path folder = Files.createDirectories(installed.resolve("plain"));
        Files.writeString(folder.resolve("SKILL.md"), "---\nname: plain\ndescription: |\n  Does\n  much.\n---\n");

        SkillEntry plain = store.entry("plain").orElseThrow();

        assertThat(plain.problems())
                .containsExactly(
                        "assets/runner.json: missing required files: assets/runner.json, assets/input.schema.json,"
                                + " assets/parameter.schema.json, assets/output.schema.json");
        assertThat(plain.name()).isEqualTo("plain");
        assertThat(plain.description()).isEqualTo("Does much.");
        assertThat(plain.manifest()).isEmpty();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_named_at_once() throws IOException {
        SkillFolder.valid(installed, "demo")
                .without("SKILL.md")
                .without("assets/input.schema.json")
                .file(SkillFolder.OUTPUT_SCHEMA, "[]");

        SkillEntry demo = store.entry("demo").orElseThrow();

        assertThat(demo.healthError())
                .contains("SKILL.md: missing required files: SKILL.md, assets/input.schema.json; "
                        + "assets/output.schema.json:1:1: invalid schema: it is not a JSON object");
        assertThat(demo.manifest().flatMap(SkillManifest::version)).contains("1.0.0");
        assertThat(demo.healthError().orElseThrow()).doesNotContain(world.toString());
    }

    @Test
    void a_folder_without_both_files_and_hidden_ones_are_no_skills() throws IOException {
        Files.createDirectories(installed.resolve("notes"));
        SkillFolder.valid(installed, ".archive");
        Files.writeString(installed.resolve("file"), "");

        assertThat(store.entries()).isEmpty();
        assertThat(store.entry("notes")).isEmpty();
        assertThat(store.entry(".archive")).isEmpty();
        assertThat(store.entry("file")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../installed/demo", "demo/", "demo/assets", "/demo", "a\0", "demo\\assets"})
    void an_id_never_is_a_path(String id) throws IOException {
        SkillFolder.valid(installed, "demo");

        assertThat(store.entry(id)).isEmpty();
    }

    @Test
    void a_folder_whose_name_is_no_id_is_shown_and_found() throws IOException {
        SkillFolder.valid(installed, "demo");
        Files.move(installed.resolve("demo"), installed.resolve("My demo"));

        assertThat(store.entries()).extracting(SkillEntry::id).containsExactly("My demo");
        assertThat(store.entry("My demo").orElseThrow().healthError())
                .hasValueSatisfying(error -> assertThat(error).startsWith("Skill identity mismatch"));
    }

    @Test
    void a_damaged_skill_hides_no_built_in_one() throws IOException {
        SkillFolder.valid(installed, "demo").without("SKILL.md");
        assertThat(store.entry("demo").orElseThrow().healthy()).isFalse();

        SkillFolder.valid(builtIn, "demo");

        assertThat(store.entry("demo").orElseThrow().healthy()).isTrue();
        assertThat(store.entries()).singleElement().satisfies(entry -> assertThat(entry.healthy())
                .isTrue());
    }

    @Test
    void nothing_is_read_again_while_nothing_changes() throws IOException {
        settle(SkillFolder.valid(installed, "demo"));
        settle(SkillFolder.valid(installed, "damaged").without("SKILL.md"));
        SkillEntry demo = store.entry("demo").orElseThrow();
        SkillEntry damaged = store.entry("damaged").orElseThrow();

        assertThat(store.entries())
                .usingElementComparator((one, other) -> one == other ? 0 : 1)
                .containsExactly(damaged, demo);
        assertThat(store.entry("demo").orElseThrow()).isSameAs(demo);
    }

    @Test
    void what_changed_just_before_it_was_read_is_read_again() throws IOException {
        SkillFolder demo = settle(SkillFolder.valid(installed, "demo"));
        Path manifest = demo.folder().resolve(SkillFolder.RUNNER_JSON);
        touch(manifest, clock.instant());
        assertThat(version()).contains("1.0.0");

        // Same length, same tick of the file system's clock.
        demo.file(SkillFolder.RUNNER_JSON, Files.readString(manifest).replace("1.0.0", "2.0.0"));
        touch(manifest, clock.instant());

        assertThat(version()).contains("2.0.0");
    }

    @Test
    void a_file_put_in_the_place_of_another_shows_even_with_the_same_time_and_length() throws IOException {
        SkillFolder demo = settle(SkillFolder.valid(installed, "demo"));
        assertThat(version()).contains("1.0.0");
        Path manifest = demo.folder().resolve(SkillFolder.RUNNER_JSON);
        Path other = Files.writeString(
                world.resolve("other"), Files.readString(manifest).replace("1.0.0", "2.0.0"));
        touch(other, LONG_AGO);

        Files.move(other, manifest, StandardCopyOption.REPLACE_EXISTING);
        touch(demo.folder().resolve("assets"), LONG_AGO);
        touch(demo.folder(), LONG_AGO);

        assertThat(version()).contains("2.0.0");
    }

    @Test
    void a_schema_that_goes_or_comes_shows_at_the_next_call() throws IOException {
        SkillFolder demo = settle(SkillFolder.valid(installed, "demo"));
        assertThat(store.entry("demo").orElseThrow().healthy()).isTrue();

        demo.without(SkillFolder.OUTPUT_SCHEMA);
        assertThat(store.entry("demo").orElseThrow().healthError())
                .contains("assets/output.schema.json: missing required files: assets/output.schema.json");
        assertThat(store.list()).isEmpty();

        demo.file(SkillFolder.OUTPUT_SCHEMA, "{}");
        assertThat(store.entries()).extracting(SkillEntry::healthy).containsExactly(true);

        Files.move(demo.folder(), world.resolve("elsewhere"));
        assertThat(store.entries()).isEmpty();
        assertThat(store.entry("demo")).isEmpty();
    }

    @Test
    void a_manifest_moved_out_and_linked_back_is_noticed() throws IOException {
        SkillFolder demo = settle(SkillFolder.valid(installed, "demo"));
        assertThat(store.entry("demo").orElseThrow().healthy()).isTrue();
        Path assets = demo.folder().resolve("assets");
        Path outside = Files.move(assets, world.resolve("assets"));

        Files.createSymbolicLink(assets, outside);

        assertThat(store.entry("demo").orElseThrow().healthError().orElseThrow())
                .contains("missing required files: assets/runner.json");
    }

    private Optional<String> version() {
        return store.entry("demo").orElseThrow().manifest().flatMap(SkillManifest::version);
    }

    private static SkillFolder settle(SkillFolder skill) throws IOException {
        try (Stream<Path> all = Files.walk(skill.folder())) {
            for (Path path : all.toList()) {
                touch(path, LONG_AGO);
            }
        }
        return skill;
    }

    private static void touch(Path path, Instant at) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(at));
    }
}
