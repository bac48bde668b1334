package skillrunner.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Installing and updating skills over the wire. Each test has a skill of its own on one server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkillPackageIT {
    private static final int LIMIT = 2 << 20;

    private final RunningServer server;
    private final ApiClient api;
    private final Path skills;
    private final List<String> ids = new ArrayList<>();
    private String id = "none";

    SkillPackageIT(@TempDir Path home) throws IOException {
        this.server = RunningServer.start(
                home, Map.of("SKILL_PACKAGE_MAX_BYTES", String.valueOf(LIMIT), "SKILL_RUNNER_ARCHIVE_MAX_DEPTH", "6"));
        this.api = server.client();
        this.skills = home.resolve("data/skills");
    }

    @BeforeAll
    void ready() {
        assertThat(api.get("/readyz").status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void nextSkill() {
        id = "skill-" + ids.size();
        ids.add(id);
    }

    @Test
    void a_new_package_is_queued_then_installed_and_visible_without_a_restart() throws IOException {
        ApiClient.Answer accepted = api.install(TestPackage.of(id, "1.0.0").zip());
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.json().get("status").stringValue()).isEqualTo("queued");

        JsonNode ended = api.awaitInstall(accepted.json().get("request_id").stringValue());

        assertThat(ended.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(ended.get("action").stringValue()).isEqualTo("install");
        assertThat(ended.get("skill_id").stringValue()).isEqualTo(id);
        assertThat(ended.get("version").stringValue()).isEqualTo("1.0.0");
        assertThat(ended.get("error").isNull()).isTrue();
        assertThat(ended.get("created_at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{6}Z");
        assertThat(ended.get("updated_at").stringValue())
                .isGreaterThanOrEqualTo(ended.get("created_at").stringValue());
        assertThat(live()).isEqualTo("1.0.0");
        assertNothingIsLeft();
    }

    static Stream<Arguments> updates() {
        return Stream.of(
                arguments("1.0.0", "1.0.1", true),
                arguments("1.9.0", "1.10.0", true),
                arguments("1.0.0-rc1", "1.0.0", true),
                arguments("1.0.0", "1.0.0", false),
                arguments("1.1.0", "1.0.0", false),
                arguments("1.0.0", "1.0", false));
    }

    @ParameterizedTest(name = "{0} then {1}")
    @MethodSource("updates")
    void only_a_higher_version_is_an_update(String old, String offered, boolean higher) throws IOException {
        installed(TestPackage.of(id, old).file("note.txt", "old"));

        JsonNode ended = api.installed(TestPackage.of(id, offered).zip());

        if (higher) {
            assertThat(ended.get("action").stringValue()).isEqualTo("update");
            assertThat(live()).isEqualTo(offered);
            assertThat(skills.resolve(".archive").resolve(id).resolve(old).resolve("note.txt"))
                    .hasContent("old");
        } else {
            assertFailed(ended, "strictly higher version");
            assertThat(live()).isEqualTo(old);
            assertThat(skills.resolve(id).resolve("note.txt")).hasContent("old");
            assertThat(skills.resolve(".archive").resolve(id)).doesNotExist();
        }
        assertNothingIsLeft();
    }

    @Test
    void an_archive_that_exists_is_not_touched() throws IOException {
        installed(TestPackage.of(id, "1.0.0"));
        Path archived =
                Files.createDirectories(skills.resolve(".archive").resolve(id).resolve("1.0.0"));
        Files.writeString(archived.resolve("mine"), "mine");

        assertFailed(api.installed(TestPackage.of(id, "2.0.0").zip()), "archive already exists");

        assertThat(live()).isEqualTo("1.0.0");
        assertThat(archived.resolve("mine")).hasContent("mine");
    }

    @Test
    void a_folder_that_is_no_skill_is_moved_aside() throws IOException {
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(skills.resolve(id));
            Files.writeString(skills.resolve(id).resolve("note.txt"), "round " + i);

            JsonNode ended = installed(TestPackage.of(id, "1.0.0"));

            assertThat(ended.get("action").stringValue()).isEqualTo("install");
            Files.delete(skills.resolve(id).resolve("assets/runner.json"));
        }
        try (Stream<Path> aside = Files.list(skills.resolve(".invalid"))) {
            assertThat(aside.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(id + "-")))
                    .hasSize(2)
                    .allMatch(name -> name.substring(id.length()).matches("-\\d{8}T\\d{6}Z(-\\d+)?"));
        }
    }

    @Test
    void what_is_no_upload_is_refused_at_once() throws IOException {
        assertThat(api.install(new byte[0]).status()).isEqualTo(400);
        assertThat(api.send("/v1/skill-packages/install", "other", new byte[] {1})
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/skill-packages/install", "{}").status()).isEqualTo(415);
        ApiClient.Answer large = api.install(new byte[LIMIT + 1]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().get("code").stringValue()).isEqualTo("BODY_TOO_LARGE");
        for (String unknown : List.of("x", "00000000-0000-4000-8000-000000000000")) {
            ApiClient.Answer answer = api.get("/v1/skill-packages/" + unknown);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().get("code").stringValue()).isEqualTo("INSTALL_NOT_FOUND");
        }
        assertNothingIsLeft();
    }

    @Test
    void what_is_no_package_is_accepted_and_fails() throws IOException {
        assertFailed(api.installed("hello".getBytes(StandardCharsets.UTF_8)), "no valid zip");
        assertFailed(
                api.installed(TestPackage.of(id, "1").entry("other/x", "x").zip()), "exactly one top-level directory");
        assertFailed(api.installed(TestPackage.of(id, "1").entry("x", "x").zip()), "exactly one top-level directory");
        byte[] zip = TestPackage.of(id, "1").zip();
        for (int length = 1; length < zip.length; length += 1_000) {
            assertFailed(api.installed(Arrays.copyOf(zip, length)), "no valid zip");
        }
        assertThat(skills.resolve(id)).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void what_a_mac_adds_does_no_harm() throws IOException {
        installed(TestPackage.of(id, "1").entry("__MACOSX/._x", "x").file(".DS_Store", "x"));

        assertThat(skills.resolve(id).resolve(".DS_Store")).doesNotExist();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("a/../../x", "unsafe entry path"),
                arguments("/tmp/skill-runner-x", "unsafe entry path"),
                arguments("C:/x", "unsafe entry path"),
                arguments("a\\..\\x", "unsafe entry path"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_path_that_leads_outside_is_refused(String path, String message) throws IOException {
        assertFailed(api.installed(TestPackage.of(id, "1").entry(path, "x").zip()), message);

        assertThat(skills.resolve(id)).doesNotExist();
        assertThat(Path.of("/tmp/skill-runner-x")).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void a_folder_of_another_name_is_no_package_of_the_skill() throws IOException {
        byte[] zip = TestPackage.of("skill-in-another-folder", "1.0.0")
                .entry("other-folder/x", "x")
                .zip();

        assertFailed(api.installed(zip), "exactly one top-level directory");
        assertFailed(
                api.installed(TestPackage.of("name", "1").inFolder("folder").zip()), "identity mismatch");
        assertNothingIsLeft();
    }

    @Test
    void a_link_is_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry link = new ZipArchiveEntry(id + "/link");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }

        assertFailed(api.installed(bytes.toByteArray()), "a link or a device");

        assertThat(skills.resolve(id)).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void a_skill_put_there_by_hand_without_modes_runs_unattended() throws IOException {
        Path skill = skills.resolve(id);
        Files.createDirectories(skill.resolve("assets"));
        Files.writeString(skill.resolve("SKILL.md"), "---\nname: " + id + "\ndescription: old\n---\n");
        Files.writeString(
                skill.resolve("assets/runner.json"),
                "{\"id\": \"" + id + "\", \"version\": \"1.0.0\", \"engines\": [\"codex\"]}");
        for (String schema : List.of("input", "parameter", "output")) {
            Files.writeString(skill.resolve("assets/" + schema + ".schema.json"), "{\"type\": \"object\"}");
        }

        assertThat(names(api.get("/v1/skills/" + id).json().get("execution_modes")))
                .isEqualTo("auto");
        assertThat(names(api.get("/v1/management/skills/" + id).json().get("execution_modes")))
                .isEqualTo("auto");
    }

    @Test
    void bombs_are_stopped_early() throws IOException {
        assertFailed(
                api.installed(TestPackage.of(id, "1")
                        .file("zeros", "0".repeat(65 << 20))
                        .zip()),
                "unpacks to more than 67108864 bytes");
        TestPackage many = TestPackage.of(id, "1");
        IntStream.range(0, 6_000).forEach(i -> many.file("f" + i, ""));
        assertFailed(api.installed(many.zip()), "more than 5000 entries");
        assertFailed(
                api.installed(TestPackage.of(id, "1").file("1/2/3/4/5/6", "x").zip()), "too long or too deep");
        assertNothingIsLeft();
    }

    static Stream<Arguments> spoiled() {
        String four = "[\"codex\", \"gemini\", \"iflow\", \"opencode\"]";
        return Stream.of(
                arguments("other/SKILL.md", "---\nname: other\n---\n", "identity mismatch"),
                arguments(
                        "assets/runner.json",
                        "{\"id\": \"other\", \"version\": \"1.0.0\", \"execution_modes\": [\"auto\"]}",
                        "identity mismatch"),
                arguments("SKILL.md", "# nothing\n", "must define frontmatter name"),
                arguments("SKILL.md", "---\nname: [\n---\n", "SKILL.md:3:1: the front matter is not YAML"),
                arguments("assets/runner.json", "{", "invalid runner.json"),
                arguments("assets/input.schema.json", "", "assets/input.schema.json"),
                arguments("with", "\"schemas\": {\"input\": \"../../x\"}", "inside the package"),
                arguments("with", "\"engines\": [\"codex\"], \"unsupport_engine\": [\"codex\"]", "overlap"),
                arguments("with", "\"unsupport_engine\": " + four, "effective engines are empty"),
                arguments("with", "\"engines\": [\"claude\"]", "unknown engine"),
                arguments("with", "\"artifacts\": {}", "artifacts must be an array"),
                arguments("with", "\"max_attempt\": 0", "max_attempt"),
                arguments("runner", "\"version\": \"1\"", "execution_modes"),
                arguments("runner", "\"version\": \"1\", \"execution_modes\": []", "execution_modes"),
                arguments("runner", "\"version\": \"1\", \"execution_modes\": [\"batch\"]", "execution_modes"),
                arguments("runner", "\"execution_modes\": [\"auto\"]", "invalid version"),
                arguments("runner", "\"version\": \"latest\", \"execution_modes\": [\"auto\"]", "invalid version"),
                arguments("input", "{\"x-input-source\": \"url\"}", "x-input-source"),
                arguments("input", "{\"type\": \"strng\"}", "assets/input.schema.json"),
                arguments("output", "{\"x-type\": \"image\"}", "x-type"),
                arguments("output", "{\"x-filename\": \"../../etc/passwd\"}", "x-filename"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spoiled")
    void a_package_that_breaks_a_rule_fails_and_the_installed_version_stays(String what, String content, String message)
            throws IOException {
        installed(TestPackage.of(id, "0.1"));
        TestPackage spoiled = TestPackage.of(id, "1.0.0");
        switch (what) {
            case "with" -> spoiled.with(content);
            case "runner" -> spoiled.runner(content);
            case "input", "output" ->
                spoiled.file(
                        "assets/" + what + ".schema.json",
                        "{\"type\": \"object\", \"properties\": {\"p\": " + content + "}}");
            case "other/SKILL.md" -> spoiled.file("SKILL.md", content);
            default -> {
                if (content.isEmpty()) {
                    spoiled.without(what);
                } else {
                    spoiled.file(what, content);
                }
            }
        }

        assertFailed(api.installed(spoiled.zip()), message);

        assertThat(live()).isEqualTo("0.1");
        assertNothingIsLeft();
    }

    @Test
    void front_matter_with_windows_lines_is_fine() throws IOException {
        installed(TestPackage.of(id, "1").file("SKILL.md", "---\r\nname: " + id + "\r\n---\r\n"));
    }

    @ParameterizedTest
    @MethodSource("denyLists")
    void a_deny_list_is_accepted_under_both_names(String key) throws IOException {
        installed(TestPackage.of(id, "1").with("\"" + key + "\": [\"codex\"]"));

        JsonNode skill = api.get("/v1/skills/" + id).json();
        assertThat(names(skill.get("effective_engines"))).isEqualTo("gemini,iflow,opencode");
        assertThat(names(skill.get("unsupport_engine"))).isEqualTo("codex");
        assertThat(names(skill.get("unsupported_engines"))).isEqualTo("codex");
    }

    static Stream<String> denyLists() {
        return Stream.of("unsupport_engine", "unsupported_engines");
    }

    @Test
    void without_lists_all_engines_are_effective_and_artifacts_are_inferred() throws IOException {
        installed(TestPackage.of(id, "1")
                .file(
                        "assets/output.schema.json",
                        "{\"type\": \"object\", \"required\": [\"r\"], \"properties\": {\"r\": {\"x-type\": \"artifact\","
                                + " \"x-filename\": \"report.md\"}}}"));

        JsonNode skill = api.get("/v1/skills/" + id).json();
        assertThat(names(skill.get("effective_engines"))).isEqualTo("codex,gemini,iflow,opencode");
        assertThat(skill.get("artifacts").get(0).get("pattern").stringValue()).isEqualTo("report.md");
        assertThat(skill.get("artifacts").get(0).get("required").booleanValue()).isTrue();
    }

    @Test
    void only_git_folders_are_left_out_at_every_depth() throws IOException {
        installed(TestPackage.of(id, "1")
                .file(".git/config", "x")
                .file("a/b/.git/HEAD", "x")
                .file("a/.gitignore", "x")
                .file(".github/x.yml", "x"));

        Path skill = skills.resolve(id);
        assertThat(skill.resolve(".git")).doesNotExist();
        assertThat(skill.resolve("a/b/.git")).doesNotExist();
        assertThat(skill.resolve("a/.gitignore")).exists();
        assertThat(skill.resolve(".github/x.yml")).exists();
    }

    @Test
    void of_two_installations_at_once_the_second_is_judged_by_the_first() throws IOException {
        byte[] zip = TestPackage.of(id, "1.0.0").zip();
        List<CompletableFuture<JsonNode>> both = Stream.of(zip, zip)
                .map(archive -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return api.installed(archive);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toList();

        assertThat(both.stream().map(CompletableFuture::join).map(end -> end.get("status")
                        .stringValue()))
                .containsExactlyInAnyOrder("succeeded", "failed");
        assertThat(live()).isEqualTo("1.0.0");
    }

    private JsonNode installed(TestPackage good) throws IOException {
        JsonNode ended = api.installed(good.zip());
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        return ended;
    }

    private static void assertFailed(JsonNode ended, String message) {
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("failed");
        assertThat(ended.get("error").stringValue()).contains(message).doesNotContain("/data/", "Exception");
        assertThat(ended.get("action").isNull()).isTrue();
    }

    private String live() {
        return api.get("/v1/skills/" + id).json().get("version").stringValue();
    }

    private static String names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.stringValue()));
        return names.stream().collect(Collectors.joining(","));
    }

    private void assertNothingIsLeft() {
        assertThat(skills.resolve(".staging"))
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
    }
}
