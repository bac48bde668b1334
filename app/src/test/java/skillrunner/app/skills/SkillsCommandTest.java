package skillrunner.app.skills;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;

class SkillsCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path here;

    @ParameterizedTest
    @ValueSource(strings = {"my-skill", "1.5", "a_b.C", "SKILL-ID"})
    void a_new_skill_can_be_checked_and_packed_as_it_is(String id) throws IOException {
        assertThat(run("new", id)).isZero();
        assertThat(run("lint", id)).isZero();
        assertThat(run("pack", id)).isZero();
        assertThat(run("lint", id + "-0.1.0.zip")).isZero();

        byte[] first = Files.readAllBytes(here.resolve(id + "-0.1.0.zip"));
        assertThat(run("pack", id, "--output", "again.zip")).isZero();
        assertThat(run("pack", id, "--out", "as-others-call-it.zip")).isZero();
        assertThat(here.resolve("again.zip")).hasBinaryContent(first);
    }

    @Test
    void findings_are_told_with_file_place_and_remedy() throws IOException {
        run("new", "demo");
        Files.writeString(here.resolve("demo/assets/runner.json"), "{\"id\": \"demo\", \"version\": \"latest\"}");
        out.reset();

        assertThat(run("lint", "demo")).isEqualTo(1);
        assertThat(text(out))
                .contains("assets/runner.json:1:16 /version: invalid version: latest\n    write a version");
        assertThat(run("pack", "demo")).isEqualTo(1);
        assertThat(here.resolve("demo-latest.zip")).doesNotExist();
        out.reset();
        assertThat(run("lint", "demo", "--json")).isEqualTo(1);
        assertThat(text(out))
                .contains(
                        "\"ok\" : false",
                        "\"line\" : 1",
                        "\"column\" : 16",
                        "\"place\" : \"/version\"",
                        "\"remedy\" : ");
    }

    @Test
    void a_plain_skill_is_made_a_package_that_lint_calls_fine_and_is_not_changed_itself() throws IOException {
        String text = "---\r\nname: Note Keeper\r\n---\r\n# Notes\r\n";
        Files.createDirectories(here.resolve("repo"));
        Files.writeString(here.resolve("repo/SKILL.md"), text);

        assertThat(run("adopt", "repo")).isZero();

        assertThat(text(out)).contains("note-keeper-0.1.0.zip");
        assertThat(run("lint", "note-keeper-0.1.0.zip")).isZero();
        assertThat(here.resolve("repo")).isDirectoryNotContaining("glob:**assets");
        assertThat(Files.readString(here.resolve("repo/SKILL.md"))).isEqualTo(text);
        assertThat(run("adopt", "note-keeper-0.1.0.zip", "--out", "again.zip")).isZero();
        assertThat(here.resolve("again.zip"))
                .hasBinaryContent(Files.readAllBytes(here.resolve("note-keeper-0.1.0.zip")));
    }

    @Test
    void what_can_not_be_adopted_is_refused_with_the_reason_and_no_file() throws IOException {
        Files.createDirectories(here.resolve("repo/nested"));
        Files.writeString(here.resolve("repo/nested/SKILL.md"), "---\nname: a\n---\n");

        assertThat(run("adopt", "repo", "--out", "made.zip")).isEqualTo(1);

        assertThat(text(err)).contains("no SKILL.md", "'nested/SKILL.md'");
        assertThat(here.resolve("made.zip")).doesNotExist();
        assertThat(run("adopt", "absent")).isEqualTo(2);
    }

    @Test
    void the_advice_for_a_skill_that_can_not_be_adopted_is_not_about_sizes() throws IOException {
        Files.createDirectories(here.resolve("plain"));
        Files.writeString(here.resolve("plain/SKILL.md"), "---\nname: plain\ndescription: a: b\n---\n");

        assertThat(run("adopt", "plain")).isEqualTo(1);

        assertThat(text(err)).contains("SKILL.md:3:15", "docs/skills.md").doesNotContain("limits");
    }

    @Test
    void an_archive_that_is_none_is_a_finding() throws IOException {
        Files.writeString(here.resolve("x.zip"), "hello");

        assertThat(run("lint", "x.zip")).isEqualTo(1);
        assertThat(text(out)).contains("no valid zip");
    }

    @Test
    void what_is_left_out_of_a_package_is_said() throws IOException {
        run("new", "demo");
        Files.createSymbolicLink(here.resolve("demo/link.md"), Path.of("SKILL.md"));
        Files.createDirectories(here.resolve("demo/.git/objects"));
        Files.createDirectories(here.resolve("demo/empty"));
        out.reset();

        assertThat(run("lint", "demo")).isZero();
        assertThat(text(out))
                .contains("warning: link.md: left out of the package: it is a link")
                .contains("warning: .git: left out")
                .contains("warning: empty: left out")
                .endsWith("ok\n");
        assertThat(run("pack", "demo")).isZero();
        assertThat(text(err)).contains("warning: link.md: left out of the package: it is a link");
    }

    @Test
    void the_engines_in_use_and_the_limits_of_the_server_count() throws IOException {
        run("new", "demo");
        environment.put("SKILL_RUNNER_ENGINES", "gemini");
        Path manifest = here.resolve("demo/assets/runner.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{\"engines\": [\"codex\"],"));
        out.reset();
        assertThat(run("lint", "demo")).isZero();
        assertThat(text(out)).contains("none of the skill's engines is in use here");

        environment.put("SKILL_RUNNER_ARCHIVE_MAX_ENTRIES", "4");
        assertThat(run("lint", "demo")).isEqualTo(1);
        assertThat(text(out)).contains("more than 4 entries");

        environment.put("SKILL_RUNNER_ENGINES", "nobody");
        assertThat(run("lint", "demo")).isEqualTo(78);
        assertThat(text(err)).contains("SKILL_RUNNER_ENGINES=nobody is not usable");
    }

    @Test
    void a_prompt_that_is_no_template_is_told_before_a_run_fails_of_it() throws IOException {
        run("new", "demo");
        Path manifest = here.resolve("demo/assets/runner.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(
                                "\\{",
                                "{\"entrypoint\": {\"prompts\": {\"codex\": \"one\\\\n{{ input. }}\", \"gemini\": \"{{ input.x }}\"}},"));
        out.reset();

        assertThat(run("lint", "demo")).isZero();
        assertThat(text(out))
                .contains("warning: assets/runner.json", "/entrypoint/prompts/codex", "no Jinja template", "line 2")
                .doesNotContain("/entrypoint/prompts/gemini");
    }

    @Test
    void everything_is_said_as_json_if_that_is_wanted() throws IOException {
        assertThat(run("new", "demo", "--json")).isZero();
        assertThat(told())
                .containsEntry("skill_id", "demo")
                .containsEntry("folder", here.resolve("demo").toString())
                .hasEntrySatisfying(
                        "files", files -> assertThat((List<?>) files).asString().contains("SKILL.md"));
        Files.createDirectories(here.resolve("demo/empty"));

        for (String command : List.of("pack", "adopt")) {
            String zip = here.resolve(command + ".zip").toString();
            assertThat(run(command, "demo", "--output", zip, "--json")).isZero();
            assertThat(told())
                    .containsEntry("ok", true)
                    .containsEntry("archive", zip)
                    .containsEntry("skill_id", "demo")
                    .containsEntry("version", "0.1.0")
                    .hasEntrySatisfying("findings", findings -> assertThat((List<?>) findings)
                            .asString()
                            .contains("empty", "severity=warning"));
        }
        assertThat(text(err)).isEmpty();
    }

    @Test
    void what_is_refused_is_said_as_json_too_and_no_file_is_left() throws IOException {
        run("new", "demo");
        Files.writeString(here.resolve("demo/assets/runner.json"), "{\"id\": \"demo\", \"version\": \"latest\"}");
        Files.createDirectories(here.resolve("repo"));
        out.reset();

        for (String[] command : List.of(new String[] {"pack", "demo"}, new String[] {"adopt", "repo"})) {
            assertThat(run(command[0], command[1], "--output", "made.zip", "--json"))
                    .isEqualTo(1);
            assertThat(told())
                    .containsEntry("ok", false)
                    .containsEntry("archive", null)
                    .hasEntrySatisfying("findings", findings -> assertThat((List<?>) findings)
                            .asString()
                            .contains("severity=error"));
            assertThat(here.resolve("made.zip")).doesNotExist();
        }
        assertThat(text(err)).isEmpty();
    }

    @Test
    void bad_usage_is_told_apart() {
        assertThat(run("new", "demo")).isZero();
        assertThat(run("new", "demo")).isEqualTo(2);
        assertThat(run("new", "a/b")).isEqualTo(2);
        assertThat(run("lint", "none")).isEqualTo(2);
        assertThat(run("pack", "none")).isEqualTo(2);
        assertThat(run("adopt", "none")).isEqualTo(2);
        assertThat(text(err).lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("skill-runner: USAGE: "))
                .last()
                .isEqualTo("skill-runner: USAGE: there is no none");
        assertThat(run("lint")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    private int run(String... arguments) {
        return SkillsCommand.commandLine(
                        environment,
                        here,
                        here,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    /** What was written since this was asked last. */
    private Map<String, Object> told() {
        Map<String, Object> document = new JacksonJson().parseObject(text(out)).orElseThrow();
        out.reset();
        return document;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
