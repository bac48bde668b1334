package skillrunner.domain.skill;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PackageRulesTest {
    private static final PackageRules RULES = new PackageRules(EngineId.BUILT_IN);
    private static final List<String> ALL = List.of("codex", "gemini", "iflow", "opencode");

    private static Map<String, Object> manifest() {
        return new LinkedHashMap<>(Map.of("id", "demo", "version", "1.0.0", "execution_modes", List.of("auto")));
    }

    @Test
    void a_short_manifest_will_do() {
        assertThat(RULES.judge(manifest()).findings()).isEmpty();
    }

    @Test
    void a_full_manifest_with_keys_of_others_is_accepted() {
        Map<String, Object> full = manifest();
        full.put("name", "Demo");
        full.put("description", "Does it");
        full.put("engines", List.of("codex", "gemini"));
        full.put("unsupport_engine", List.of("iflow"));
        full.put("unsupported_engines", List.of("iflow", "opencode"));
        full.put("execution_modes", List.of("auto", "interactive"));
        full.put("max_attempt", new BigDecimal("1.0"));
        full.put("schemas", Map.of("input", "assets/input.schema.json"));
        full.put("artifacts", List.of(Map.of("role", "report", "pattern", "a/b.md", "required", true)));
        full.put("entrypoint", Map.of("type", "prompt", "prompts", Map.of("codex", "Do it")));
        full.put("runtime", Map.of("language", "python", "dependencies", List.of("requests")));
        full.put("somebody_elses", Map.of());

        assertThat(RULES.judge(full).findings()).isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("id", null, "/id", "id is required"),
                arguments("id", " ", "/id", "a form that is not allowed"),
                arguments("id", "a/b", "/id", "a form that is not allowed"),
                arguments("id", 7, "/id", "id must be a text"),
                arguments("version", null, "/version", "invalid version"),
                arguments("version", "1.2.x", "/version", "invalid version"),
                arguments("version", "latest", "/version", "invalid version"),
                arguments("version", 1, "/version", "invalid version"),
                arguments("name", "", "/name", "name must be a text"),
                arguments("description", List.of(), "/description", "description must be a text"),
                arguments("engines", "codex", "/engines", "must be an array"),
                arguments("engines", List.of(), "/engines", "must not be empty"),
                arguments("engines", List.of("claude"), "/engines/0", "unknown engine: claude"),
                arguments("engines", List.of("codex", "codex"), "/engines/1", "twice"),
                arguments("engines", List.of(1), "/engines/0", "unknown engine"),
                arguments("unsupport_engine", "codex", "/unsupport_engine", "must be an array"),
                arguments("unsupport_engine", List.of("x"), "/unsupport_engine/0", "unknown engine"),
                arguments("unsupported_engines", List.of("x"), "/unsupported_engines/0", "unknown engine"),
                arguments("unsupported_engines", ALL, "/engines", "effective engines are empty"),
                arguments("unsupport_engine", ALL, "/engines", "effective engines are empty"),
                arguments("execution_modes", null, "/execution_modes", "execution_modes must be"),
                arguments("execution_modes", List.of(), "/execution_modes", "execution_modes must be"),
                arguments("execution_modes", "auto", "/execution_modes", "execution_modes must be"),
                arguments("execution_modes", List.of("batch"), "/execution_modes/0", "unknown mode: batch"),
                arguments("execution_modes", List.of("auto", "auto"), "/execution_modes/1", "twice"),
                arguments("max_attempt", 0, "/max_attempt", "at least 1"),
                arguments("max_attempt", true, "/max_attempt", "at least 1"),
                arguments("max_attempt", "3", "/max_attempt", "at least 1"),
                arguments("max_attempt", new BigDecimal("1.5"), "/max_attempt", "at least 1"),
                arguments("schemas", List.of(), "/schemas", "must be an object"),
                arguments("schemas", Map.of("input", "../../x"), "/schemas/input", "inside the package"),
                arguments("schemas", Map.of("output", "/etc/x"), "/schemas/output", "inside the package"),
                arguments("schemas", Map.of("output", "C:/x"), "/schemas/output", "inside the package"),
                arguments("schemas", Map.of("parameter", "a\\b"), "/schemas/parameter", "inside the package"),
                arguments("schemas", Map.of("input", 1), "/schemas/input", "inside the package"),
                arguments("artifacts", Map.of(), "/artifacts", "artifacts must be an array"),
                arguments("artifacts", List.of(1), "/artifacts/0", "must be an object"),
                arguments("artifacts", List.of(Map.of("pattern", "x")), "/artifacts/0/role", "role"),
                arguments("artifacts", List.of(Map.of("role", "x")), "/artifacts/0/pattern", "pattern"),
                arguments(
                        "artifacts",
                        List.of(Map.of("role", "x", "pattern", "./")),
                        "/artifacts/0/pattern",
                        "below artifacts/"),
                arguments(
                        "artifacts",
                        List.of(Map.of("role", "x", "pattern", "../x")),
                        "/artifacts/0/pattern",
                        "below artifacts/"),
                arguments(
                        "artifacts",
                        List.of(Map.of("role", "x", "pattern", "x", "mime", 1)),
                        "/artifacts/0/mime",
                        "mime"),
                arguments(
                        "artifacts",
                        List.of(Map.of("role", "x", "pattern", "x", "required", "yes")),
                        "/artifacts/0/required",
                        "true or false"),
                arguments("entrypoint", "x", "/entrypoint", "must be an object"),
                arguments("entrypoint", Map.of("prompts", "x"), "/entrypoint/prompts", "must be an object"),
                arguments(
                        "entrypoint",
                        Map.of("prompts", Map.of("a/b", 1)),
                        "/entrypoint/prompts/a~1b",
                        "must be a text"),
                arguments("runtime", "python", "/runtime", "must be an object"),
                arguments("runtime", Map.of("dependencies", "x"), "/runtime/dependencies", "array of texts"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrong")
    void a_wrong_value_is_found_at_its_place(String key, Object value, String place, String message) {
        Map<String, Object> wrong = new HashMap<>(manifest());
        wrong.put(key, value);

        assertThat(RULES.judge(wrong).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("assets/runner.json");
            assertThat(finding.place()).isEqualTo(place);
            assertThat(finding.message()).contains(message);
            assertThat(finding.remedy()).isNotBlank();
            assertThat(finding.text()).startsWith("assets/runner.json " + place + ": ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsupport_engine", "unsupported_engines"})
    void an_engine_in_both_lists_is_an_overlap(String key) {
        Map<String, Object> wrong = manifest();
        wrong.put("engines", List.of("codex", "gemini"));
        wrong.put(key, List.of("codex"));

        assertThat(RULES.judge(wrong).findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("overlap", "codex"));
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertThat(RULES.judge(Map.of()).findings())
                .extracting(PackageFinding::place)
                .containsExactly("/id", "/execution_modes", "/version");
    }

    @Test
    void the_three_names_must_be_equal() {
        assertThat(PackageRules.identity("a", Optional.of("a"), Optional.of("a"), Optional.empty()))
                .isEmpty();
        assertThat(PackageRules.identity("a", Optional.empty(), Optional.empty(), Optional.empty()))
                .isEmpty();
        for (List<String> names : List.of(List.of("b", "a", "a"), List.of("a", "b", "a"), List.of("a", "a", "b"))) {
            assertThat(PackageRules.identity(
                            names.get(0), Optional.of(names.get(1)), Optional.of(names.get(2)), Optional.empty()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text()).contains("identity mismatch", "'a'", "'b'"));
        }
    }

    static Stream<Arguments> wrongSchemas() {
        return Stream.of(
                arguments(SchemaKind.INPUT, Map.of(), "/type", "must be \"object\""),
                arguments(SchemaKind.INPUT, Map.of("type", "array"), "/type", "must be \"object\""),
                arguments(SchemaKind.PARAMETER, Map.of("type", List.of("object")), "/type", "must be \"object\""),
                arguments(SchemaKind.PARAMETER, Map.of("type", "object", "properties", 1), "/properties", "object"),
                arguments(
                        SchemaKind.PARAMETER,
                        Map.of("type", "object", "properties", Map.of("a", true)),
                        "/properties/a",
                        "must be an object"),
                arguments(SchemaKind.OUTPUT, Map.of("type", "object", "required", "a"), "/required", "array"),
                arguments(SchemaKind.OUTPUT, Map.of("type", "object", "required", List.of(1)), "/required", "array"),
                arguments(SchemaKind.INPUT, property("x-input-source", "url"), "/properties/p/x-input-source", "file"),
                arguments(SchemaKind.INPUT, property("extensions", "md"), "/properties/p/extensions", "array"),
                arguments(SchemaKind.OUTPUT, property("x-type", "image"), "/properties/p/x-type", "artifact"),
                arguments(SchemaKind.OUTPUT, property("x-filename", ""), "/properties/p/x-filename", "relative"),
                arguments(
                        SchemaKind.OUTPUT,
                        property("x-filename", "../../etc/passwd"),
                        "/properties/p/x-filename",
                        "relative"),
                arguments(SchemaKind.OUTPUT, property("x-filename", "C:x"), "/properties/p/x-filename", "relative"),
                arguments(SchemaKind.OUTPUT, property("x-role", " "), "/properties/p/x-role", "blank"),
                arguments(
                        SchemaKind.OUTPUT,
                        Map.of("type", "object", "properties", Map.of("../p", Map.of("x-type", "file"))),
                        "/properties/..~1p",
                        "x-filename"));
    }

    private static Map<String, Object> property(String keyword, Object value) {
        return Map.of("type", "object", "properties", Map.of("p", Map.of(keyword, value)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongSchemas")
    void a_wrong_schema_is_found_at_its_place(
            SchemaKind kind, Map<String, Object> schema, String place, String message) {
        assertThat(SchemaRules.check(kind, "assets/x.json", schema))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.file()).isEqualTo("assets/x.json");
                    assertThat(finding.place()).isEqualTo(place);
                    assertThat(finding.message() + finding.remedy()).contains(message);
                });
    }

    @Test
    void a_keyword_means_something_only_where_it_belongs() {
        assertThat(SchemaRules.check(SchemaKind.OUTPUT, "x", property("x-input-source", "url")))
                .isEmpty();
        assertThat(SchemaRules.check(SchemaKind.INPUT, "x", property("x-type", "image")))
                .isEmpty();
        assertThat(SchemaRules.check(SchemaKind.PARAMETER, "x", property("x-type", "image")))
                .isEmpty();
    }

    @Test
    void schemas_are_looked_for_where_the_manifest_says() {
        assertThat(schemas(null)).isEqualTo(SchemaKind.standardPaths());
        assertThat(schemas(7)).isEqualTo(SchemaKind.standardPaths());
        assertThat(schemas(Map.of())).isEmpty();
        assertThat(schemas(Map.of("input", "./a//b.json"))).isEqualTo(Map.of(SchemaKind.INPUT, "a/b.json"));
        assertThat(schemas(Map.of("input", "../a.json")))
                .isEqualTo(Map.of(SchemaKind.INPUT, "assets/input.schema.json"));
    }

    private static Map<SchemaKind, String> schemas(@Nullable Object declared) {
        Map<String, Object> manifest = manifest();
        manifest.put("schemas", declared);
        return RULES.judge(manifest).schemas();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrong")
    void a_skill_is_made_of_a_manifest_exactly_if_nothing_in_it_degrades_a_skill(String key, @Nullable Object value) {
        Map<String, Object> wrong = new HashMap<>(manifest());
        wrong.put(key, value);

        ManifestJudgement judgement = RULES.judge(wrong);

        assertThat(judgement instanceof ManifestJudgement.Invalid)
                .isEqualTo(judgement.findings().stream().anyMatch(PackageFinding::degradesSkill));
    }

    @Test
    void a_manifest_becomes_what_it_says() {
        Map<String, Object> full = manifest();
        full.put("name", "Demo");
        full.put("description", "Does it");
        full.put("engines", List.of("codex", "gemini"));
        full.put("unsupport_engine", List.of("iflow"));
        full.put("unsupported_engines", List.of("opencode"));
        full.put("execution_modes", List.of("interactive", "auto"));
        full.put("max_attempt", new BigDecimal("3.0"));
        full.put("schemas", Map.of("output", "assets/out.json"));
        full.put("artifacts", List.of(Map.of("role", "report", "pattern", "a/b.md", "mime", "text/markdown")));
        Map<String, Object> runtime = new HashMap<>(Map.of("language", "python"));
        runtime.put("dependencies", null);
        full.put("runtime", runtime);
        full.put("entrypoint", Map.of("prompts", Map.of("codex", "Do it")));

        assertThat(RULES.judge(full))
                .isEqualTo(new ManifestJudgement.Valid(
                        new SkillManifest(
                                new SkillId("demo"),
                                "Demo",
                                "Does it",
                                Optional.of("1.0.0"),
                                List.of(EngineId.CODEX, EngineId.GEMINI),
                                List.of(EngineId.OPENCODE, EngineId.IFLOW),
                                List.of(ExecutionMode.INTERACTIVE, ExecutionMode.AUTO),
                                Optional.of(3),
                                Map.of(SchemaKind.OUTPUT, "assets/out.json"),
                                List.of(new ArtifactDeclaration(
                                        "report", "a/b.md", Optional.of("text/markdown"), false)),
                                Map.of("prompts", Map.of("codex", "Do it")),
                                Map.of("language", "python")),
                        List.of()));
    }

    @Test
    void a_folder_laid_down_by_hand_may_lack_what_a_package_must_have() {
        ManifestJudgement judgement = RULES.judge(Map.of("id", "demo"));

        assertThat(judgement.findings()).noneMatch(PackageFinding::degradesSkill);
        assertThat(judgement).isInstanceOfSatisfying(ManifestJudgement.Valid.class, valid -> {
            assertThat(valid.manifest().name()).isEqualTo("demo");
            assertThat(valid.manifest().executionModes()).containsExactly(ExecutionMode.AUTO);
            assertThat(valid.manifest().schemas()).isEqualTo(SchemaKind.standardPaths());
        });
    }

    @Test
    void of_a_manifest_that_is_not_valid_it_is_known_what_it_is_called_and_where_its_schemas_lie() {
        Map<String, Object> wrong = manifest();
        wrong.put("id", "my demo");
        wrong.put("schemas", Map.of("output", "out.json"));

        ManifestJudgement judgement = RULES.judge(wrong);

        assertThat(judgement).isInstanceOf(ManifestJudgement.Invalid.class);
        assertThat(judgement.id()).contains("my demo");
        assertThat(judgement.version()).contains(SkillVersion.of("1.0.0"));
        assertThat(judgement.schemas()).isEqualTo(Map.of(SchemaKind.OUTPUT, "out.json"));
    }

    /** A file is found by the text of its path, as a listing writes it. */
    @ParameterizedTest
    @ValueSource(strings = {"./out/r.md", "out//r.md", "out/./r.md"})
    void however_a_path_is_written_it_names_the_file_that_a_run_leaves(String path) {
        Map<String, Object> manifest = manifest();
        manifest.put("artifacts", List.of(Map.of("role", "report", "pattern", path)));

        assertThat(RULES.judge(manifest)).isInstanceOfSatisfying(ManifestJudgement.Valid.class, valid -> assertThat(
                        valid.manifest().artifacts())
                .extracting(ArtifactDeclaration::pattern)
                .containsExactly("out/r.md"));
        assertThat(ArtifactDeclaration.inferFrom(
                        Map.of("properties", Map.of("report", Map.of("x-type", "file", "x-filename", path)))))
                .extracting(ArtifactDeclaration::pattern)
                .containsExactly("out/r.md");
    }

    @Test
    void declared_artifacts_win_over_those_of_the_output_schema() {
        Map<String, Object> output = Map.of("properties", Map.of("data", Map.of("x-type", "file")));
        Map<String, Object> declaring = manifest();
        declaring.put("artifacts", List.of(Map.of("role", "report", "pattern", "r.md")));

        assertThat(patterns(manifest(), output)).containsExactly("data");
        assertThat(patterns(declaring, output)).containsExactly("r.md");
    }

    private static List<String> patterns(Map<String, Object> manifest, Map<String, Object> output) {
        return ((ManifestJudgement.Valid) RULES.judge(manifest))
                .manifest().withArtifactsOf(output).artifacts().stream()
                        .map(ArtifactDeclaration::pattern)
                        .toList();
    }
}
