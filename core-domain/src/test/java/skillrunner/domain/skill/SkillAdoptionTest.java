package skillrunner.domain.skill;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

class SkillAdoptionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            pdf-tools                | pdf-tools
            Upper.Case_1             | Upper.Case_1
            Local Bootstrapper       | local-bootstrapper
            cap:debug                | cap-debug
            @scope/package           | scope-package
            Zähler der Wörter        | z-hler-der-w-rter
            C++ & Rust!              | c-rust
            --- dashes ---           | dashes
            ../../etc/passwd         | etc-passwd
            .hidden                  | hidden
            PDF 文档处理              | pdf
            """)
    void an_id_is_made_of_the_name(String name, String id) {
        assertThat(SkillAdoption.id(name)).contains(new SkillId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "---", "技能", "🙂"})
    void nothing_is_made_of_a_name_without_letters_that_an_id_may_have(String name) {
        assertThat(SkillAdoption.id(name)).isEmpty();
    }

    @Test
    void a_long_name_is_cut_so_that_no_dash_ends_it() {
        assertThat(SkillAdoption.id("a".repeat(63) + " b")).contains(new SkillId("a".repeat(63)));
        assertThat(SkillAdoption.id("x y".repeat(1_000)).orElseThrow().value()).hasSize(64);
    }

    @Test
    void the_folder_lends_its_name_to_a_skill_whose_own_leaves_nothing() {
        assertThat(SkillAdoption.of(plain("技能", "Write Poems", ""), path -> false)
                        .orElseThrow()
                        .id())
                .isEqualTo(new SkillId("write-poems"));
        assertThat(SkillAdoption.of(plain("技能", "诗", ""), path -> false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.2.0, 1.2.0", "2, 2", "v1.0, v1.0", "' 1.0 ', 1.0", "latest, 0.1.0", "'', 0.1.0"})
    void the_version_is_that_of_the_metadata_if_it_is_one(String given, String version) {
        assertThat(manifest(plain("a", "a", given)).get("version")).isEqualTo(version);
    }

    @Test
    void what_is_added_is_a_package_of_a_prompt_any_files_and_a_text() {
        SkillAdoption.Addition addition = SkillAdoption.of(plain("My Skill", "repo", "1.0.0"), path -> false)
                .orElseThrow();

        assertThat(addition.files().keySet())
                .containsExactly(
                        "assets/runner.json",
                        "assets/input.schema.json",
                        "assets/parameter.schema.json",
                        "assets/output.schema.json");
        ManifestJudgement judged = new PackageRules(EngineId.BUILT_IN).judge(file(addition, "assets/runner.json"));
        assertThat(judged.findings()).isEmpty();
        SkillManifest manifest = ((ManifestJudgement.Valid) judged).manifest();
        assertThat(manifest.id()).isEqualTo(new SkillId("my-skill"));
        assertThat(manifest.engines()).isEmpty();
        assertThat(manifest.executionModes()).containsExactly(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        InputContract input = InputContract.of(file(addition, "assets/input.schema.json"));
        assertThat(input.inlineKeys()).containsExactly("prompt");
        assertThat(input.requiredFileKeys()).isEmpty();
        assertThat(input.takesOtherFiles()).isTrue();
        for (SchemaKind kind : SchemaKind.values()) {
            assertThat(SchemaRules.check(kind, "x", file(addition, kind.standardPath())))
                    .isEmpty();
        }
    }

    @Test
    void a_file_of_the_skills_own_is_never_written_over() {
        SkillAdoption.Addition addition = SkillAdoption.of(plain("a", "a", ""), "assets/input.schema.json"::equals)
                .orElseThrow();

        assertThat(addition.files()).containsKey("assets/skill-runner/input.schema.json");
        assertThat(addition.files()).doesNotContainKey("assets/input.schema.json");
        assertThat(((ManifestJudgement.Valid)
                                new PackageRules(EngineId.BUILT_IN).judge(file(addition, "assets/runner.json")))
                        .manifest()
                        .schemas())
                .containsEntry(SchemaKind.INPUT, "assets/skill-runner/input.schema.json");
    }

    @Test
    void a_skill_may_keep_the_name_it_was_adopted_from() {
        Optional<String> id = Optional.of("my-skill");
        Optional<String> name = Optional.of("My Skill");

        assertThat(PackageRules.identity("my-skill", id, name, name)).isEmpty();
        assertThat(PackageRules.identity("my-skill", id, name, Optional.of("Other")))
                .isNotEmpty();
        assertThat(PackageRules.identity("elsewhere", id, name, name)).isNotEmpty();
    }

    private static Map<String, Object> manifest(SkillAdoption.Plain plain) {
        return file(SkillAdoption.of(plain, path -> false).orElseThrow(), PackageRules.RUNNER_JSON);
    }

    private static Map<String, Object> file(SkillAdoption.Addition addition, String path) {
        return Objects.requireNonNull(addition.files().get(path));
    }

    private static SkillAdoption.Plain plain(String name, String folder, String version) {
        return new SkillAdoption.Plain(
                name, folder, "Does it.", version.isEmpty() ? Optional.empty() : Optional.of(version));
    }
}
