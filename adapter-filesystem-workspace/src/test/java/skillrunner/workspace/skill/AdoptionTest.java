package skillrunner.workspace.skill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.PlainSkills;
import skillrunner.application.skill.SkillPackages.Content;
import skillrunner.application.skill.SkillPackages.Publication;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.UntrustedFolder;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Folders with only instructions for an agent become packages, whatever form they come in. */
class AdoptionTest {
    private static final String TEXT = "---\nname: word-count\ndescription: Counts words.\n---\n# Count\n";
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
    private static final PackageInspection INSPECTION =
            new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas());

    @TempDir
    private Path home;

    private int installs;

    @Test
    void what_is_added_makes_a_skill_and_nothing_of_it_is_changed() throws IOException {
        String crlf = "\uFEFF" + TEXT.replace("\n", "\r\n");

        install(Map.of(
                "repo-main/SKILL.md", crlf, "repo-main/scripts/run.py", "print(1)\r\n", "repo-main/runner.json", "x"));

        InstalledSkill skill = found("word-count");
        assertThat(skill.manifest().version()).contains("0.1.0");
        assertThat(skill.manifest().description()).isEqualTo("Counts words.");
        assertThat(skill.inputContract().inlineKeys()).containsExactly("prompt");
        assertThat(skill.inputContract().takesOtherFiles()).isTrue();
        Path folder = home.resolve("skills/word-count");
        assertThat(Files.readString(folder.resolve("SKILL.md"))).isEqualTo(crlf);
        assertThat(Files.readString(folder.resolve("scripts/run.py"))).isEqualTo("print(1)\r\n");
        assertThat(Files.readString(folder.resolve("runner.json"))).isEqualTo("x");
        assertThat(home.resolve("skills/.staging")).isEmptyDirectory();
    }

    @Test
    void a_skill_whose_files_lie_at_the_top_of_the_archive_is_taken_as_well() throws IOException {
        install(Map.of("SKILL.md", TEXT, "references/a.md", "a", "__MACOSX/x", "y"));

        assertThat(found("word-count").manifest().id()).isEqualTo(new SkillId("word-count"));
        assertThat(home.resolve("skills/word-count/references/a.md")).exists();
        assertThat(home.resolve("skills/word-count/__MACOSX")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "Word Counter, word-counter",
        "'\"cap:count\"', cap-count",
        "'\"Zähler\"', z-hler",
        "Upper.Case_1, Upper.Case_1"
    })
    void a_name_that_is_no_id_stays_in_the_file_and_engines_are_told_the_id(String name, String id) throws IOException {
        install(Map.of("x/SKILL.md", "---\nname: " + name + "\n---\nbody\n"));

        InstalledSkill skill = found(id);
        try (UntrustedFolder folder =
                UntrustedFolder.open(Path.of(skill.location())).orElseThrow()) {
            assertThat(InstructionsCopy.of(folder, skill.manifest(), new JacksonJson()))
                    .startsWith("---\nname: \"" + id + "\"\n");
        }
    }

    @Test
    void a_higher_version_updates_and_the_same_one_is_refused() throws IOException {
        install(Map.of("x/SKILL.md", versioned("1.0.0")));

        assertThat(publish(Map.of("x/SKILL.md", versioned("1.0.0"))))
                .isInstanceOfSatisfying(Publication.Refused.class, refused -> assertThat(refused.reason())
                        .contains("strictly higher version"));
        install(Map.of("x/SKILL.md", versioned("1.1.0")));
        assertThat(found("word-count").manifest().version()).contains("1.1.0");
        assertThat(home.resolve("skills/.archive/word-count/1.0.0/SKILL.md")).exists();
    }

    @Test
    void a_package_is_taken_as_it_is() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>(Map.of(
                "word-count/SKILL.md",
                TEXT,
                "word-count/assets/runner.json",
                "{\"id\": \"word-count\", \"version\": \"3.0\", \"execution_modes\": [\"auto\"]}"));
        for (String schema : List.of("input", "parameter", "output")) {
            entries.put("word-count/assets/" + schema + ".schema.json", "{\"type\": \"object\"}");
        }

        install(entries);

        assertThat(found("word-count").manifest().version()).contains("3.0");
        assertThat(found("word-count").inputContract().inlineKeys()).isEmpty();
    }

    @Test
    void files_of_its_own_in_assets_stay_and_what_is_added_goes_around_them() throws IOException {
        install(Map.of("x/SKILL.md", TEXT, "x/assets/input.schema.json", "not ours"));

        assertThat(found("word-count").inputContract().inlineKeys()).containsExactly("prompt");
        assertThat(Files.readString(home.resolve("skills/word-count/assets/input.schema.json")))
                .isEqualTo("not ours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# no front matter\n",
                "---\ndescription: no name\n---\n",
                "---\nname: 7\n---\n",
                "---\nname: a\ndescription: broken: here\n---\n",
                "---\nname: \"\u6280\u80fd\"\n---\n"
            })
    void instructions_without_a_usable_name_are_refused_with_the_reason(String text) throws IOException {
        assertThat(refusal(Map.of("\u6280/SKILL.md", text))).contains("SKILL.md");
        assertThat(home.resolve("skills/word-count")).doesNotExist();
    }

    @Test
    void what_holds_no_skill_at_its_top_is_refused_and_the_places_of_others_are_named() throws IOException {
        assertThat(refusal(Map.of("repo/skills/a/SKILL.md", TEXT, "repo/README.md", "x")))
                .contains("no SKILL.md", "'skills/a/SKILL.md'");
        assertThat(refusal(Map.of("repo/README.md", "x"))).contains("no SKILL.md");
        assertThat(refusal(Map.of("a/SKILL.md", TEXT, "b/SKILL.md", TEXT))).contains("exactly one top-level directory");
        assertThat(refusal(Map.of("a/SKILL.md", TEXT, "a/assets", "a file"))).contains("'assets' is a file");
    }

    @Test
    void without_adoption_it_is_no_package() throws IOException {
        FilesystemSkillPackages packages = packages();
        InstallId id = nextId();
        packages.receive(id, new ByteArrayInputStream(zip(Map.of("word-count/SKILL.md", TEXT))));

        assertThat(packages.unpack(id, PlainSkills.REFUSED)).isInstanceOf(Content.Bad.class);
    }

    @Test
    void a_plain_folder_among_the_skills_is_kept_aside_when_its_package_takes_its_place() throws IOException {
        Path plain = home.resolve("skills/word-count");
        Files.createDirectories(plain.resolve("scripts"));
        Files.writeString(plain.resolve("SKILL.md"), TEXT);
        Files.writeString(plain.resolve("scripts/a.sh"), "echo");
        FilesystemSkillPackages packages = packages();
        InstallId id = nextId();

        packages.collect(id, plain.toString());
        publish(packages, id);

        assertThat(found("word-count").manifest().version()).contains("0.1.0");
        assertThat(home.resolve("skills/word-count/scripts/a.sh")).hasContent("echo");
        assertThat(home.resolve("skills/.invalid"))
                .isDirectoryContaining(kept -> Files.exists(kept.resolve("SKILL.md")));
    }

    @Test
    void a_folder_that_is_gone_is_refused_and_leaves_nothing() {
        FilesystemSkillPackages packages = packages();
        InstallId id = nextId();

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> packages.collect(id, home.resolve("absent").toString()));
        assertThat(home.resolve("requests").resolve(id.value())).doesNotExist();
    }

    private static String versioned(String version) {
        return "---\nname: word-count\nmetadata:\n  version: \"" + version + "\"\n---\n";
    }

    private void install(Map<String, String> entries) throws IOException {
        assertThat(publish(entries)).isInstanceOf(Publication.Done.class);
    }

    private Publication publish(Map<String, String> entries) throws IOException {
        FilesystemSkillPackages packages = packages();
        InstallId id = nextId();
        packages.receive(id, new ByteArrayInputStream(zip(entries)));
        return publish(packages, id);
    }

    private static Publication publish(FilesystemSkillPackages packages, InstallId id) {
        Content content = packages.unpack(id, PlainSkills.ADOPTED);
        assertThat(content).isInstanceOf(Content.Good.class);
        Publication done = packages.publish(id, (Content.Good) content);
        packages.forget(id);
        return done;
    }

    private String refusal(Map<String, String> entries) throws IOException {
        FilesystemSkillPackages packages = packages();
        InstallId id = nextId();
        packages.receive(id, new ByteArrayInputStream(zip(entries)));
        Content content = packages.unpack(id, PlainSkills.ADOPTED);
        assertThat(content).isInstanceOf(Content.Bad.class);
        packages.forget(id);
        return ((Content.Bad) content).reason();
    }

    private InstalledSkill found(String id) {
        return new FilesystemSkillStore(List.of(home.resolve("skills")), INSPECTION, CLOCK)
                .find(new SkillId(id))
                .orElseThrow();
    }

    private InstallId nextId() {
        installs++;
        return new InstallId("00000000-0000-4000-8000-00000000000" + installs);
    }

    private FilesystemSkillPackages packages() {
        return new FilesystemSkillPackages(
                home.resolve("requests"),
                home.resolve("skills"),
                new ZipIntake(ZipLimits.UPLOAD),
                INSPECTION,
                new JacksonJson(),
                CLOCK);
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
