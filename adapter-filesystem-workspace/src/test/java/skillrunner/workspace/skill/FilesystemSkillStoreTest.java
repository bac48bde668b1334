package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.workspace.json.NetworkntSchemas;

import static org.assertj.core.api.Assertions.assertThat;

class FilesystemSkillStoreTest {
    private static final SkillId DEMO = new SkillId("demo");
    private static final int CHANGES = 100;

    private final Path world;
    private final Path installed;
    private final Path builtIn;
    private final FilesystemSkillStore store;

    FilesystemSkillStoreTest(@TempDir Path world) {
        this.world = world;
        this.installed = world.resolve("installed");
        this.builtIn = world.resolve("builtin");
        this.store = new FilesystemSkillStore(
                List.of(installed, builtIn),
                new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas()),
                Clock.systemUTC());
    }

    @Test
    void a_skill_is_read_with_its_manifest_and_schemas() throws Exception {
        SkillFolder.valid(installed, "demo")
                .file(
                        SkillFolder.RUNNER_JSON,
                        """
                        {"id":"demo","name":"Demo","description":"d","version":"1.2.3","engines":["gemini","codex"],
                         "execution_modes":["auto","interactive"],"max_attempt":3,"unknown":1,
                         "artifacts":[{"role":"report","pattern":"out/report.md","mime":"text/markdown","required":true}],
                         "entrypoint":{"prompts":{"codex":"do {{ input.x }}"}}}
                        """)
                .file("assets/input.schema.json", "{\"type\":\"object\",\"required\":[\"x\"]}");

        InstalledSkill skill = store.find(DEMO).orElseThrow();

        assertThat(skill.manifest().name()).isEqualTo("Demo");
        assertThat(skill.manifest().version()).contains("1.2.3");
        assertThat(skill.manifest().engines()).containsExactly(EngineId.GEMINI, EngineId.CODEX);
        assertThat(skill.manifest().executionModes()).containsExactly(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        assertThat(skill.manifest().maxAttempt()).contains(3);
        assertThat(skill.manifest().prompt(EngineId.CODEX)).contains("do {{ input.x }}");
        assertThat(skill.manifest().artifacts())
                .containsExactly(
                        new ArtifactDeclaration("report", "out/report.md", Optional.of("text/markdown"), true));
        assertThat(skill.schema(SchemaKind.INPUT)).isEqualTo(Map.of("type", "object", "required", List.of("x")));
        assertThat(store.list()).singleElement().isEqualTo(skill);
    }

    @Test
    void a_skill_without_a_description_in_its_manifest_has_that_of_its_instructions() throws Exception {
        SkillFolder folder = SkillFolder.valid(installed, "demo")
                .file("SKILL.md", "---\nname: demo\ndescription: Finds primes\n---\n")
                .file(
                        SkillFolder.RUNNER_JSON,
                        "{\"id\":\"demo\",\"version\":\"1.0.0\",\"engines\":[\"codex\"],\"execution_modes\":[\"auto\"]}");
        assertThat(store.find(DEMO).orElseThrow().manifest().description()).isEqualTo("Finds primes");

        folder.file(
                SkillFolder.RUNNER_JSON,
                "{\"id\":\"demo\",\"version\":\"1.0.0\",\"description\":\"Counts\",\"execution_modes\":[\"auto\"]}");
        assertThat(store.find(DEMO).orElseThrow().manifest().description()).isEqualTo("Counts");
    }

    @Test
    void artifacts_that_are_not_declared_are_inferred_from_the_output_schema() throws Exception {
        SkillFolder.valid(installed, "demo")
                .file(
                        SkillFolder.OUTPUT_SCHEMA,
                        "{\"properties\":{\"r\":{\"x-type\":\"artifact\",\"x-filename\":\"r.md\"}},\"required\":[\"r\"]}");

        assertThat(store.find(DEMO).orElseThrow().manifest().artifacts())
                .containsExactly(new ArtifactDeclaration("output", "r.md", Optional.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKILL.md", "assets/runner.json", "assets/input.schema.json", "assets/output.schema.json"})
    void a_folder_without_a_needed_file_is_left_out(String missing) throws Exception {
        SkillFolder.valid(installed, "demo").without(missing);

        assertIgnored();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"id\":\"other\"}",
                "{\"id\":7}",
                "{\"id\":\"../demo\"}",
                "{\"id\":\"demo\",\"id\":\"demo\"}",
                "{\"id\":\"demo\",\"name\":\" \"}",
                "{\"id\":\"demo\",\"version\":1}",
                "{\"id\":\"demo\",\"runtime\":{\"default_options\":{\"none\":1}}}",
                "{\"id\":\"demo\",\"engines\":\"codex\"}",
                "{\"id\":\"demo\",\"engines\":[\"nobody\"]}",
                "{\"id\":\"demo\",\"engines\":[\"Bad Name\"]}",
                "{\"id\":\"demo\",\"engines\":[\"codex\"],\"unsupported_engines\":[\"codex\"]}",
                "{\"id\":\"demo\",\"unsupport_engine\":[\"codex\",\"gemini\",\"iflow\",\"opencode\"]}",
                "{\"id\":\"demo\",\"execution_modes\":[]}",
                "{\"id\":\"demo\",\"execution_modes\":[\"manual\"]}",
                "{\"id\":\"demo\",\"execution_modes\":\"auto\"}",
                "{\"id\":\"demo\",\"max_attempt\":0}",
                "{\"id\":\"demo\",\"max_attempt\":1.5}",
                "{\"id\":\"demo\",\"max_attempt\":\"3\"}",
                "{\"id\":\"demo\",\"max_attempt\":1e999999999}",
                "{\"id\":\"demo\",\"max_attempt\":1e2147483648}",
                "{\"id\":\"demo\",\"artifacts\":{}}",
                "{\"id\":\"demo\",\"artifacts\":[{\"role\":\"r\"}]}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":7}}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":\"assets/none.json\"}}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":\"assets\"}}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":\"../outside.json\"}}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":\"/etc/passwd\"}}",
                "{\"id\":\"demo\",\"schemas\":{\"input\":\"a\\u0000b\"}}"
            })
    void a_broken_manifest_leaves_the_skill_out_and_hides_no_other(String manifest) throws Exception {
        Files.createDirectories(installed);
        Files.writeString(installed.resolve("outside.json"), "{}");
        SkillFolder.valid(installed, "demo").file(SkillFolder.RUNNER_JSON, manifest);
        SkillFolder.valid(installed, "sound");

        assertThat(store.find(DEMO)).isEmpty();
        assertThat(store.list())
                .extracting(skill -> skill.manifest().id().value())
                .containsExactly("sound");
    }

    @Test
    void a_schema_behind_a_link_that_leads_outside_is_refused() throws Exception {
        SkillFolder skill = SkillFolder.valid(installed, "demo").without(SkillFolder.OUTPUT_SCHEMA);
        Path outside = Files.writeString(world.resolve("outside.json"), "{}");
        Files.createSymbolicLink(skill.folder().resolve(SkillFolder.OUTPUT_SCHEMA), outside);

        assertIgnored();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not json",
                "{\"a\":1}{}",
                "{\"type\":\"array\"}",
                "{\"properties\":{\"a\":{\"type\":\"strng\"}}}",
                "{\"properties\":{\"a\":{\"$ref\":\"x.json\"}}}"
            })
    void a_broken_schema_leaves_the_skill_out(String schema) throws Exception {
        SkillFolder.valid(installed, "demo").file(SkillFolder.OUTPUT_SCHEMA, schema);

        assertIgnored();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no front matter",
                "---\nname: other\n---\n",
                "---\ndescription: no name\n---\n",
                "---\nname: 7\n---\n",
                "---\nname: [demo\n---\n",
                "---\n- demo\n---\n",
                "---\nname: demo\n",
                "\n---\nname: demo\n---\n"
            })
    void a_skill_text_without_its_name_in_front_leaves_the_skill_out(String text) throws Exception {
        SkillFolder.valid(installed, "demo").file("SKILL.md", text);

        assertIgnored();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\r\nname: demo\r\ndescription: d\r\n---\r\nText\r\n",
                "\ufeff---\nname: demo\n---\n",
                "\ufeff---\r\nname: \"demo\"\r\n---",
                "--- \nname: demo\nmore:\n  - a\n  - b\n--- \n---\n",
                "---\nname: 'demo'\ndescription: |\n  a --- b\n---\n"
            })
    void front_matter_comes_from_every_editor(String text) throws Exception {
        SkillFolder.valid(installed, "demo").file("SKILL.md", text);

        assertThat(store.find(DEMO)).isPresent();
    }

    @Test
    void without_execution_modes_a_skill_is_taken_as_auto() throws Exception {
        SkillFolder.valid(installed, "demo").file(SkillFolder.RUNNER_JSON, "{\"id\":\"demo\"}");

        assertThat(store.find(DEMO).orElseThrow().manifest().executionModes()).containsExactly(ExecutionMode.AUTO);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"unsupported_engines\":[\"codex\"]', codex",
        "'\"unsupport_engine\":[\"codex\"]', codex",
        "'\"unsupported_engines\":[\"codex\"],\"unsupport_engine\":[\"iflow\",\"codex\"]', codex iflow"
    })
    void the_deny_list_is_read_under_both_its_names(String keys, String denied) throws Exception {
        SkillFolder.valid(installed, "demo").file(SkillFolder.RUNNER_JSON, "{\"id\":\"demo\"," + keys + "}");

        assertThat(store.find(DEMO).orElseThrow().manifest().unsupportedEngines())
                .extracting(EngineId::wire)
                .containsExactly(denied.split(" "));
    }

    @Test
    void an_installed_skill_wins_over_the_built_in_one_of_the_same_id() throws Exception {
        SkillFolder.valid(builtIn, "demo");
        SkillFolder.valid(builtIn, "other");
        SkillFolder.valid(installed, "demo").file(SkillFolder.RUNNER_JSON, "{\"id\":\"demo\",\"version\":\"2.0.0\"}");

        assertThat(store.find(DEMO).orElseThrow().manifest().version()).contains("2.0.0");
        assertThat(store.list())
                .extracting(skill -> skill.manifest().id().value()
                        + skill.manifest().version().orElse(""))
                .containsExactly("demo2.0.0", "other1.0.0");
    }

    @Test
    void roots_that_do_not_exist_and_hidden_folders_hold_nothing() throws Exception {
        assertThat(store.list()).isEmpty();
        assertThat(store.find(DEMO)).isEmpty();

        SkillFolder.valid(installed, ".demo");
        Files.writeString(installed.resolve("file"), "");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void each_change_shows_at_the_next_call() throws Exception {
        assertThat(store.find(DEMO)).isEmpty();
        SkillFolder skill = SkillFolder.valid(installed, "demo");
        for (int i = 0; i < CHANGES; i++) {
            String version = "1.0." + (100 + i);
            skill.file(SkillFolder.RUNNER_JSON, "{\"id\":\"demo\",\"version\":\"" + version + "\"}");
            assertThat(store.find(DEMO).orElseThrow().manifest().version()).contains(version);
        }
        skill.without(SkillFolder.OUTPUT_SCHEMA);
        assertThat(store.find(DEMO)).isEmpty();
        skill.file(SkillFolder.OUTPUT_SCHEMA, "{\"title\":\"new\"}");
        assertThat(store.find(DEMO).orElseThrow().schema(SchemaKind.OUTPUT)).isEqualTo(Map.of("title", "new"));
    }

    @Test
    void every_regular_file_has_a_part_in_the_fingerprint() throws Exception {
        SkillFolder folder = SkillFolder.valid(installed, "demo").file("scripts/run.sh", "one");
        InstalledSkill skill = store.find(DEMO).orElseThrow();
        Map<String, String> before = store.fileHashes(skill);

        folder.file("scripts/run.sh", "two");

        assertThat(before)
                .containsOnlyKeys(
                        "SKILL.md",
                        "assets/input.schema.json",
                        "assets/output.schema.json",
                        "assets/parameter.schema.json",
                        "assets/runner.json",
                        "scripts/run.sh");
        assertThat(store.fileHashes(skill).get("scripts/run.sh")).isNotEqualTo(before.get("scripts/run.sh"));
    }

    @Test
    void a_skill_that_is_linked_into_its_place_is_a_skill_like_any_other() throws Exception {
        SkillFolder real = SkillFolder.valid(world.resolve("workshop"), "demo");
        Files.createDirectories(installed);
        Files.createSymbolicLink(installed.resolve("demo"), real.folder());

        InstalledSkill skill = store.find(DEMO).orElseThrow();

        assertThat(store.fileHashes(skill)).containsKey("SKILL.md");
        assertThat(store.readText(skill, "SKILL.md")).isPresent();
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void texts_are_read_from_inside_the_folder_only() throws Exception {
        SkillFolder folder = SkillFolder.valid(installed, "demo").file("assets/codex.toml", "a = 1");
        Path outside = Files.writeString(installed.resolve("outside"), "secret");
        Files.createSymbolicLink(folder.folder().resolve("link"), outside);
        InstalledSkill skill = store.find(DEMO).orElseThrow();

        assertThat(store.readText(skill, "assets/codex.toml")).contains("a = 1");
        assertThat(store.readText(skill, "assets")).isEmpty();
        assertThat(store.readText(skill, "none")).isEmpty();
        assertThat(store.readText(skill, "../outside")).isEmpty();
        assertThat(store.readText(skill, "link")).isEmpty();
    }

    private void assertIgnored() throws IOException {
        SkillFolder.valid(installed, "sound");
        assertThat(store.find(DEMO)).isEmpty();
        assertThat(store.list())
                .extracting(skill -> skill.manifest().id().value())
                .containsExactly("sound");
    }
}
