package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.workspace.json.NetworkntSchemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PackageInspectionTest {
    private static final String SKILL_MD = "SKILL.md";
    private static final String INPUT_SCHEMA = "assets/input.schema.json";

    private final PackageInspection inspection = new PackageInspection(EngineId.BUILT_IN, new NetworkntSchemas());

    @TempDir
    private Path root;

    private SkillFolder skill = new SkillFolder(Path.of("demo"));

    @BeforeEach
    void valid() throws IOException {
        skill = SkillFolder.valid(root, "demo");
    }

    @Test
    void a_good_package_has_a_name_and_a_version() {
        PackageInspection.Inspected inspected = inspection.inspect(skill.folder());

        assertThat(inspected.findings()).isEmpty();
        assertThat(inspected.skill()).contains(new SkillId("demo"));
        assertThat(inspected.version()).contains(SkillVersion.of("1.0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SKILL_MD,
                SkillFolder.RUNNER_JSON,
                INPUT_SCHEMA,
                "assets/parameter.schema.json",
                SkillFolder.OUTPUT_SCHEMA
            })
    void a_missing_file_is_named(String file) throws IOException {
        skill.without(file);

        assertThat(inspection.inspect(skill.folder()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).isEqualTo(file + ": missing required files: " + file));
    }

    @Test
    void all_missing_files_are_named_at_once() throws IOException {
        skill.without(SKILL_MD).without(INPUT_SCHEMA);

        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::message)
                .containsExactly("missing required files: SKILL.md, assets/input.schema.json");
    }

    @Test
    void a_file_that_is_a_folder_or_a_link_is_missing() throws IOException {
        skill.without(INPUT_SCHEMA).without(SkillFolder.OUTPUT_SCHEMA);
        Files.createDirectory(skill.folder().resolve(INPUT_SCHEMA));
        Files.createSymbolicLink(
                skill.folder().resolve(SkillFolder.OUTPUT_SCHEMA), Files.writeString(root.resolve("x"), "{}"));

        assertThat(inspection.inspect(skill.folder()).findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message()).contains("input.schema.json", "output.schema.json"));
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                arguments(SkillFolder.RUNNER_JSON, "{", "invalid runner.json"),
                arguments(SkillFolder.RUNNER_JSON, "[]", "invalid runner.json"),
                arguments(SkillFolder.RUNNER_JSON, "{\"id\":\"demo\",\"id\":\"demo\"}", "invalid runner.json"),
                arguments(SkillFolder.RUNNER_JSON, "", "invalid runner.json"),
                arguments(
                        SkillFolder.RUNNER_JSON,
                        "{\"id\":\"demo\",\"version\":\"1.2.x\",\"execution_modes\":[\"auto\"]}",
                        "invalid version: 1.2.x"),
                arguments(
                        SkillFolder.RUNNER_JSON,
                        "{\"id\":\"other\",\"version\":\"1\",\"execution_modes\":[\"auto\"]}",
                        "identity mismatch"),
                arguments(SKILL_MD, "---\nname: other\n---\n", "identity mismatch"),
                arguments(SKILL_MD, "# no front matter\n", "must define frontmatter name"),
                arguments(SKILL_MD, "---\ndescription: d\n---\n", "must define frontmatter name"),
                arguments(SKILL_MD, "---\nname: 7\n---\n", "must define frontmatter name"),
                arguments(SKILL_MD, "---\nname: ' '\n---\n", "must define frontmatter name"),
                arguments(SKILL_MD, "---\n- a\n---\n", "must define frontmatter name"),
                arguments(SKILL_MD, "---\nname: [\n---\n", "SKILL.md:3:1: the front matter is not YAML"),
                arguments(
                        SKILL_MD,
                        "---\nname: demo\ndescription: Two steps: look, then act\n---\n",
                        "SKILL.md:3:23: the front matter is not YAML: a colon stands in a text"),
                arguments(SKILL_MD, "---\nname: demo\nname: demo\n---\n", "SKILL.md:3:1: the front matter is not YAML"),
                arguments(SKILL_MD, "---\nname: demo\na: &a [*a]\n---\n", "nested too deeply"),
                arguments(
                        SkillFolder.RUNNER_JSON,
                        "{\n  \"id\": \"demo\",\n  \"version\": \"1\",\n}",
                        "assets/runner.json:4:1: invalid runner.json: there is a comma too many before '}'"),
                arguments(
                        SkillFolder.RUNNER_JSON,
                        "{\"id\": \"demo\", // mine\n}",
                        "assets/runner.json:1:16: invalid runner.json: JSON has no comments"),
                arguments(
                        SkillFolder.RUNNER_JSON,
                        "{\n \"id\": \"demo\",\n \"id\": \"demo\"}",
                        "assets/runner.json:3:2: invalid runner.json: the key \"id\" occurs twice, first in line 2"),
                arguments(
                        INPUT_SCHEMA,
                        object("\"a\":{\"$ref\":\"definitions.json\"}"),
                        "invalid schema: a reference leads out of the file: 'definitions.json'"),
                arguments(
                        INPUT_SCHEMA,
                        object("\"a\":{\"$ref\":\"#/$defs/none\"}"),
                        "/properties/a/$ref: invalid schema: a reference leads to nothing: '#/$defs/none'"),
                arguments(
                        INPUT_SCHEMA,
                        object("\"a\":{\"pattern\":\"(\"}"),
                        "/properties/a/pattern: invalid schema: the pattern '(' can't be used"),
                arguments(SKILL_MD, "---\nname: demo\n", "must define frontmatter name"),
                arguments(INPUT_SCHEMA, "true", "invalid schema"),
                arguments(INPUT_SCHEMA, "{\"type\":\"array\"}", "type must be"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"type\":\"strng\"}"), "/properties/a/type: invalid schema"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"minimum\":\"x\"}"), "invalid schema"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"pattern\":\"[\"}"), "invalid schema"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"$ref\":\"#/$defs/none\"}"), "invalid schema"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"$ref\":\"http://127.0.0.1:9/x.json\"}"), "invalid schema"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"$ref\":\"file:///etc/passwd\"}"), "invalid schema"),
                arguments(INPUT_SCHEMA, "{\"$schema\":\"urn:none\",\"type\":\"object\"}", "dialect is not known"),
                arguments(INPUT_SCHEMA, object("\"a\":{\"x-input-source\":\"url\"}"), "x-input-source must be"),
                arguments(SkillFolder.OUTPUT_SCHEMA, object("\"a\":{\"x-type\":\"image\"}"), "x-type must be"));
    }

    private static String object(String properties) {
        return "{\"type\":\"object\",\"properties\":{" + properties + "}}";
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spoiled")
    void a_spoiled_file_is_found(String file, String content, String message) throws IOException {
        skill.file(file, content);

        assertThat(inspection.inspect(skill.folder()).findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.text())
                    .contains(message)
                    .doesNotContain(root.toString())
                    .doesNotContainPattern("java\\.|Exception|networknt|jackson|skill\\.invalid");
            assertThat(finding.remedy()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\r\nname: demo\r\n---\r\nDo it.\r\n",
                "\uFEFF---\nname: demo\n---\n",
                "---\nname: demo\n---",
                "---\nname: \"demo\"\nmetadata: {a: [1]}\n---\n---\n"
            })
    void front_matter_comes_in_these_forms(String text) throws IOException {
        skill.file(SKILL_MD, text);

        assertThat(inspection.inspect(skill.folder()).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://json-schema.org/draft-07/schema#",
                "https://json-schema.org/draft/2019-09/schema",
                "https://json-schema.org/draft/2020-12/schema"
            })
    void each_dialect_has_its_own_rules(String dialect) throws IOException {
        skill.file(INPUT_SCHEMA, "{\"$schema\":\"" + dialect + "\",\"type\":\"object\"}");
        assertThat(inspection.inspect(skill.folder()).findings()).isEmpty();

        skill.file(
                INPUT_SCHEMA,
                "{\"$schema\":\"" + dialect + "\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"strng\"}}}");
        assertThat(inspection.inspect(skill.folder()).findings()).isNotEmpty();
    }

    @Test
    void a_reference_to_a_definition_in_the_file_is_fine_also_if_it_goes_in_circles() throws IOException {
        skill.file(
                INPUT_SCHEMA,
                "{\"type\":\"object\",\"$defs\":{\"t\":{\"properties\":{\"t\":{\"$ref\":\"#/$defs/t\"}}}},"
                        + "\"properties\":{\"t\":{\"$ref\":\"#/$defs/t\"},\"o\":{\"format\":\"none\",\"x-own\":1}}}");

        assertThat(inspection.inspect(skill.folder()).findings()).isEmpty();
    }

    @Test
    void schemas_lie_where_the_manifest_says_and_at_the_standard_place() throws IOException {
        skill.file(
                SkillFolder.RUNNER_JSON,
                "{\"id\":\"demo\",\"version\":\"1\",\"execution_modes\":[\"auto\"],"
                        + "\"schemas\":{\"input\":\"assets/mine.json\"}}");
        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::message)
                .containsExactly("missing required files: assets/mine.json");

        skill.file("assets/mine.json", "{\"type\":\"array\"}");
        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::file)
                .containsExactly("assets/mine.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$id\":\"placed-input\",\"type\":\"object\"}",
                "{\"$id\":\"out.json\",\"type\":\"object\",\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{}}}",
                "{\"$id\":\"./a/b.json\",\"type\":\"object\",\"$ref\":\"c.json\",\"$defs\":{\"c\":{\"$id\":\"c.json\"}}}",
                "{\"id\":\"output\",\"type\":\"object\"}",
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"id\":\"output\",\"type\":\"object\"}",
                "{\"type\":\"object\",\"patternProperties\":{\"^(?<first_name>x)\\\\k<first_name>$\":{}}}",
                "\uFEFF{\"type\":\"object\"}"
            })
    void a_schema_may_have_any_id_and_any_pattern_that_the_standard_allows(String schema) throws IOException {
        skill.file(INPUT_SCHEMA, schema);

        assertThat(inspection.inspect(skill.folder()).findings()).isEmpty();
    }

    @Test
    void a_file_with_a_byte_order_mark_is_read_and_a_blank_in_an_id_is_called_by_its_name() throws IOException {
        skill.file(
                SkillFolder.RUNNER_JSON,
                "\uFEFF{\"id\":\"demo\",\"version\":\"1.0.0\",\"execution_modes\":[\"auto\"]}");
        assertThat(inspection.inspect(skill.folder()).installable()).isTrue();

        skill.file(
                SkillFolder.RUNNER_JSON,
                "{\n  \"id\": \"my demo\", \"version\":\"1.0.0\",\"execution_modes\":[\"auto\"]}");
        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::text)
                .first()
                .isEqualTo("assets/runner.json:2:3 /id: the id has a form that is not allowed: 'my demo'");
    }

    @Test
    void a_prompt_that_no_engine_reads_is_a_warning() throws IOException {
        skill.file(
                SkillFolder.RUNNER_JSON,
                """
                {"id": "demo", "version": "1.0.0", "execution_modes": ["auto"],
                 "entrypoint": {"prompts": {"common": "x", "codex": "x", "gemmini": "x"}},
                 "runtime": {"default_options": {"no_cache": true}}}
                """);

        PackageInspection.Inspected inspected = inspection.inspect(skill.folder());

        assertThat(inspected.installable()).isTrue();
        assertThat(inspected.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.refusesPackage()).isFalse();
            assertThat(finding.text()).startsWith("assets/runner.json:2:58 /entrypoint/prompts/gemmini: no engine has");
        });
    }

    @Test
    void preset_options_are_held_to_the_rules_for_clients() throws IOException {
        skill.file(
                SkillFolder.RUNNER_JSON,
                """
                {"id": "demo", "version": "1.0.0", "execution_modes": ["auto"],
                 "runtime": {"default_options": {"no_cash": true, "hard_timeout_seconds": 0}}}
                """);

        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::place)
                .containsExactly("/runtime/default_options/no_cash", "/runtime/default_options/hard_timeout_seconds");
    }

    @Test
    void a_schema_outside_the_package_is_not_read() throws IOException {
        Files.writeString(root.resolve("x"), "{\"type\":\"array\"}");
        skill.file(
                SkillFolder.RUNNER_JSON,
                "{\"id\":\"demo\",\"version\":\"1\",\"execution_modes\":[\"auto\"],\"schemas\":{\"input\":\"../x\"}}");

        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::place)
                .containsExactly("/schemas/input");
    }

    @Test
    void a_file_that_is_no_text_or_far_too_long_is_refused() throws IOException {
        Files.write(
                skill.folder().resolve(SKILL_MD), "---\nname: d\u00e9mo\n---".getBytes(StandardCharsets.ISO_8859_1));
        skill.file(INPUT_SCHEMA, "{\"type\":\"object\"}" + " ".repeat(1 << 20));

        assertThat(inspection.inspect(skill.folder()).findings())
                .extracting(PackageFinding::message)
                .containsExactly("the file is not UTF-8 text", "the file is larger than one MiB (1048576 bytes)");
    }

    @Test
    void a_schema_nested_without_end_is_refused() throws IOException {
        skill.file(
                INPUT_SCHEMA,
                "{\"type\":\"object\",\"properties\":{\"a\":" + "{\"not\":".repeat(5_000) + "{}" + "}".repeat(5_000)
                        + "}}");
        assertThat(inspection.inspect(skill.folder()).findings()).isNotEmpty();

        skill.file(
                INPUT_SCHEMA,
                "{\"type\":\"object\",\"properties\":{\"a\":" + "{\"not\":".repeat(400) + "{}" + "}".repeat(400)
                        + "}}");
        inspection.inspect(skill.folder());
    }
}
