package skillrunner.workspace.skill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.run.TempPackagesContract;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FilesystemTempPackagesTest extends TempPackagesContract {
    private static final SkillId DEMO = new SkillId("demo");
    private static final long MOST_BYTES = 10_000;

    private final RequestId request = new RunFixtures().awaitingRequest().id();

    @TempDir
    Path data;

    @Override
    protected TempPackages emptyPackages() {
        return new FilesystemTempPackages(
                data,
                new ZipIntake(ZipLimits.UPLOAD.withArchiveBytes(MOST_BYTES)),
                new PackageInspection(List.of(EngineId.CODEX, EngineId.GEMINI), new NetworkntSchemas()));
    }

    @Override
    protected byte[] archive(SkillId skill) {
        return zip(files(skill.value()));
    }

    @Test
    void archive_and_skill_lie_under_the_names_of_the_request_and_all_goes_with_it() throws Exception {
        InstalledSkill taken = take(files("demo"));

        Path folder = data.resolve("staged").resolve(request.value()).resolve("demo");
        assertThat(taken.location()).isEqualTo(folder.toString());
        assertThat(folder.resolve("SKILL.md")).isRegularFile();
        assertThat(data.resolve("requests").resolve(request.value()).resolve("skill_package.zip"))
                .isRegularFile();

        emptyPackages().remove(request);

        assertThat(data.resolve("staged")).isEmptyDirectory();
        assertThat(data.resolve("requests")).isEmptyDirectory();
    }

    @Test
    void a_version_and_the_standard_places_of_schemas_are_not_asked_for() throws Exception {
        Map<String, String> files = files("demo");
        files.put(
                "demo/assets/runner.json",
                "{\"id\":\"demo\",\"execution_modes\":[\"auto\"],\"schemas\":{\"input\":\"a.json\",\"parameter\":\"b.json\",\"output\":\"c.json\"}}");
        for (String kind : List.of("input", "parameter", "output")) {
            files.remove("demo/assets/" + kind + ".schema.json");
        }
        for (String file : List.of("a", "b", "c")) {
            files.put("demo/" + file + ".json", "{\"type\":\"object\"}");
        }

        assertThat(take(files).schemas()).hasSize(3);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("SKILL.md", edit(files -> files.remove("demo/SKILL.md"))),
                arguments("assets/runner.json", edit(files -> files.remove("demo/assets/runner.json"))),
                arguments("invalid runner.json", edit(files -> files.put("demo/assets/runner.json", "{"))),
                arguments("assets/output.schema.json", edit(files -> files.remove("demo/assets/output.schema.json"))),
                arguments("identity", edit(files -> files.put("demo/SKILL.md", skillText("another")))),
                arguments(
                        "schemas.output is required",
                        manifest(
                                "\"schemas\":{\"input\":\"assets/input.schema.json\",\"parameter\":\"assets/parameter.schema.json\"}")),
                arguments("schemas.input is required", manifest("\"x\":1")),
                arguments("execution_modes", edit(files -> files.put("demo/assets/runner.json", "{\"id\":\"demo\"}"))),
                arguments("effective engines", manifest("\"engines\":[\"codex\"],\"unsupported_engines\":[\"codex\"]")),
                arguments("artifacts", manifest("\"artifacts\":{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_package_that_breaks_a_rule_is_refused_by_name_and_nothing_stays(
            String named, Consumer<Map<String, String>> spoil) throws Exception {
        Map<String, String> files = files("demo");
        spoil.accept(files);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> take(files))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.PACKAGE_INVALID))
                .satisfies(e -> assertThat(e.refusal().detail()).containsIgnoringCase(named));

        assertThat(emptyPackages().kept()).isEmpty();
    }

    @Test
    void a_package_over_the_limit_is_too_large_and_nothing_stays() {
        byte[] large = new byte[(int) MOST_BYTES + 1];

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> emptyPackages().take(request, new ByteArrayInputStream(large)))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.PACKAGE_TOO_LARGE));

        assertThat(emptyPackages().kept()).isEmpty();
    }

    @Test
    void what_an_upload_left_that_was_cut_off_is_known_and_can_be_removed() throws Exception {
        Path half = data.resolve("requests")
                .resolve(request.value())
                .resolve("unpacked")
                .resolve("demo");
        Files.createDirectories(half);

        assertThat(emptyPackages().find(request, DEMO)).isEmpty();
        assertThat(emptyPackages().kept()).containsOnlyKeys(request);

        emptyPackages().remove(request);
        assertThat(emptyPackages().kept()).isEmpty();
    }

    @Test
    void a_skill_that_lost_a_file_is_not_found() throws Exception {
        InstalledSkill taken = take(files("demo"));

        Files.delete(Path.of(taken.location()).resolve("SKILL.md"));

        assertThat(emptyPackages().find(request, DEMO)).isEmpty();
    }

    @Test
    void history_of_a_repository_is_left_out() throws Exception {
        Map<String, String> files = files("demo");
        files.put("demo/.git/config", "secret");
        files.put("demo/scripts/.git/HEAD", "secret");

        Path folder = Path.of(take(files).location());

        assertThat(folder.resolve(".git")).doesNotExist();
        assertThat(folder.resolve("scripts")).isEmptyDirectory();
    }

    private InstalledSkill take(Map<String, String> files) throws IOException {
        return emptyPackages().take(request, new ByteArrayInputStream(zip(files)));
    }

    private static Consumer<Map<String, String>> edit(Consumer<Map<String, String>> edit) {
        return edit;
    }

    private static Consumer<Map<String, String>> manifest(String members) {
        return files -> files.put(
                "demo/assets/runner.json", "{\"id\":\"demo\",\"execution_modes\":[\"auto\"]," + members + "}");
    }

    private static String skillText(String name) {
        return "---\nname: " + name + "\ndescription: d\n---\nDo it.\n";
    }

    private static Map<String, String> files(String id) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(id + "/SKILL.md", skillText(id));
        files.put(
                id + "/assets/runner.json",
                "{\"id\":\"" + id + "\",\"execution_modes\":[\"auto\"],\"schemas\":{"
                        + "\"input\":\"assets/input.schema.json\",\"parameter\":\"assets/parameter.schema.json\","
                        + "\"output\":\"assets/output.schema.json\"}}");
        for (String kind : List.of("input", "parameter", "output")) {
            files.put(id + "/assets/" + kind + ".schema.json", "{\"type\":\"object\"}");
        }
        return files;
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
