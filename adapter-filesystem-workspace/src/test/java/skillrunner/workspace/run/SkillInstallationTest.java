package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.workspace.run.TestRuns.RUN;
import static skillrunner.workspace.run.TestRuns.skill;

class SkillInstallationTest {
    private static final String TEXT = "## Rules\n\nInjected.\n";

    private final Path world;
    private final Path source;
    private final Path copy;
    private final RunDirectories directories;

    SkillInstallationTest(@TempDir Path world) throws IOException {
        this.world = world;
        this.source = Files.createDirectory(world.resolve("demo"));
        RunLayout layout = new RunLayout(world.resolve("data"));
        this.copy = layout.workspace(RUN).resolve(".codex/skills/demo");
        this.directories = new RunDirectories(layout, new JacksonJson(), Set.of("opencode.json"));
        Files.writeString(source.resolve("SKILL.md"), "---\nname: demo\n---\nDo it.\n\n\n");
    }

    @Test
    void the_instructions_stand_once_behind_the_text_of_the_skill() throws Exception {
        install();
        install();

        assertThat(copy.resolve("SKILL.md"))
                .hasContent("---\nname: \"demo\"\ndescription: \"Does the task of the skill Demo\"\n---\nDo it.\n\n"
                        + TEXT);
        assertThat(source.resolve("SKILL.md")).hasContent("---\nname: demo\n---\nDo it.\n\n\n");
    }

    @Test
    void instructions_that_are_already_in_the_skill_are_not_repeated() throws Exception {
        Files.writeString(source.resolve("SKILL.md"), "Do it.\n\n" + TEXT);

        install();

        assertThat(Files.readString(copy.resolve("SKILL.md"))).containsOnlyOnce("Injected.");
    }

    @Test
    void the_copy_is_written_so_that_every_engine_reads_it() throws Exception {
        Files.writeString(
                source.resolve("SKILL.md"),
                "\uFEFF--- \r\nname: demo\r\nlicense: 'a: b'\r\nallowed-tools:\r\n  - Read\r\n--- \r\n# Skill\r\nDo it.\r\n");

        install();

        assertThat(Files.readString(copy.resolve("SKILL.md")))
                .isEqualTo(
                        "---\nname: \"demo\"\ndescription: \"Does the task of the skill Demo\"\nlicense: \"a: b\"\nallowed-tools: [\"Read\"]\n---\n"
                                + "# Skill\nDo it.\n\n" + TEXT);
    }

    @Test
    void a_description_of_many_lines_becomes_one_that_no_engine_finds_too_long() throws Exception {
        Files.writeString(
                source.resolve("SKILL.md"),
                "---\nname: demo\ndescription: |\n  Reads\n  much.\n  " + "x".repeat(2_000) + "\n---\nDo it.\n");

        install();

        String description =
                Files.readString(copy.resolve("SKILL.md")).lines().toList().get(2);
        assertThat(description).startsWith("description: \"Reads much. xxx").hasSize(1_024 + 15);
    }

    @Test
    void everything_is_copied_but_version_control_and_links() throws Exception {
        Path script = Files.createFile(
                Files.createDirectory(source.resolve("scripts")).resolve("run.sh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\n");
        Files.createDirectories(source.resolve(".git/objects"));
        Files.createDirectories(source.resolve("sub/.git"));
        Path secret = Files.writeString(world.resolve("secret"), "secret");
        Files.createSymbolicLink(source.resolve("link"), secret);
        Files.createSymbolicLink(source.resolve("folder"), world);

        install();

        assertThat(copy.resolve("scripts/run.sh")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(copy.toFile().list()).containsExactlyInAnyOrder("SKILL.md", "scripts", "sub");
        assertThat(copy.resolve("sub")).isEmptyDirectory();
    }

    @Test
    void a_later_copy_replaces_the_earlier_one() throws Exception {
        install();
        Files.writeString(copy.resolve("stale"), "x");

        install();

        assertThat(copy.resolve("stale")).doesNotExist();
    }

    private void install() {
        directories.installSkill(RUN, skill(source), ".codex/skills", TEXT);
    }
}
