package skillrunner.workspace.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFileRules;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.FileTrees;
import skillrunner.testkit.hostile.HostileFamily;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static skillrunner.workspace.run.TestRuns.RUN;

class FilesystemRunBundlesTest {
    private static final Run ENDED = Run.queued(
            RUN,
            new RequestId("22222222-2222-4222-8222-222222222222"),
            new SkillId("demo"),
            EngineId.CODEX,
            Instant.parse("2026-11-22T08:30:00Z"));

    private final Path outside;
    private final Path run;
    private final Path workspace;
    private final FilesystemRunBundles bundles;

    FilesystemRunBundlesTest(@TempDir Path world) throws IOException {
        RunLayout layout = new RunLayout(world.resolve("data"));
        this.outside = Files.createDirectory(world.resolve("outside"));
        this.run = layout.run(RUN);
        this.workspace = Files.createDirectories(run.resolve("workspace"));
        Files.createDirectories(workspace.resolve("artifacts"));
        this.bundles = new FilesystemRunBundles(
                layout,
                new JacksonJson(),
                new RunFileRules(Set.of(".codex/auth.json", ".gemini/oauth_creds.json"), Set.of("oauth_creds")));
        server("result/result.json", "{\"status\":\"success\"}");
    }

    /** The folder of a test is removed by its paths, which are too long. */
    @AfterEach
    void removeWhatIsDeep() {
        FileTrees.remove(workspace);
    }

    @Test
    void files_stand_in_the_order_of_their_paths() throws IOException {
        for (String path : List.of("artifacts/b", "artifacts/a/z", "artifacts/a.txt", "artifacts/B", "artifacts/a-b")) {
            agent(path, path);
        }

        assertThat(packed(BundleKind.RESULT).keySet())
                .containsExactly(
                        "artifacts/B",
                        "artifacts/a-b",
                        "artifacts/a.txt",
                        "artifacts/a/z",
                        "artifacts/b",
                        "result/result.json",
                        "bundle/manifest.json");
    }

    @Test
    void the_bundle_for_debugging_holds_both_parts_and_the_servers_names_win() throws IOException {
        agent("input.json", "{}");
        agent("result/result.json", "forged");
        agent("result/more", "forged");
        agent(".audit/stdout.1.log", "forged");
        agent("status.json", "forged");
        agent("logs/stdout.txt", "forged");
        agent("logs/mine.txt", "kept");
        agent("bundle/run_bundle.zip", "forged");
        agent("bundle/manifest_debug.json", "forged");
        server(".audit/stdout.1.log", "said");
        Files.createDirectories(run.resolve("logs"));
        Files.createLink(run.resolve("logs/stdout.txt"), run.resolve(".audit/stdout.1.log"));
        server("status.json", "{}");
        server("bundle/old.zip", "old");

        Map<String, byte[]> files = packed(BundleKind.DEBUG);

        assertThat(texts(files))
                .containsEntry("input.json", "{}")
                .containsEntry("result/result.json", "{\"status\":\"success\"}")
                .containsEntry(".audit/stdout.1.log", "said")
                .containsEntry("logs/stdout.txt", "said")
                .containsEntry("logs/mine.txt", "kept")
                .containsEntry("status.json", "{}")
                .doesNotContainKeys("result/more", "bundle/run_bundle.zip", "bundle/old.zip", "workspace/input.json");
        assertThat(files).hasSize(7);
        assertThat(texts(files).get("bundle/manifest_debug.json")).doesNotContain("forged");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_regular_file_of_one_name_is_left_out_and_counted(BundleKind kind) throws Exception {
        Path artifacts = workspace.resolve("artifacts");
        HostileFamily.plant(artifacts, outside);
        Files.delete(artifacts.resolve("sparse"));
        HostileFamily.nest(artifacts, 200);
        Files.createLink(run.resolve("result/planted"), outside.resolve("secret"));
        Files.createSymbolicLink(run.resolve("status.json"), outside.resolve("secret"));
        agent("artifacts/good", "good");

        Map<String, byte[]> files = packed(kind);

        assertThat(files.keySet())
                .contains("artifacts/good", "artifacts/-rf", "artifacts/new\nline")
                .doesNotContain("result/planted", "status.json")
                .doesNotContainAnyElementsOf(HostileFamily.BAD.stream()
                        .map(name -> "artifacts/" + name)
                        .toList());
        assertThat(texts(files).values()).noneMatch(text -> text.contains(HostileFamily.SECRET));
        Map<String, Object> manifest = manifest(files, kind);
        assertThat(manifest).containsEntry("complete", false);
        assertThat(manifest.get("left_out"))
                .asInstanceOf(InstanceOfAssertFactories.INTEGER)
                .isGreaterThanOrEqualTo(HostileFamily.BAD.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void a_workspace_or_its_artifacts_that_became_a_link_give_nothing(BundleKind kind) throws IOException {
        Files.writeString(outside.resolve("secret"), HostileFamily.SECRET);
        FileTrees.remove(workspace.resolve("artifacts"));
        Files.createSymbolicLink(workspace.resolve("artifacts"), outside);
        assertThat(packed(kind).keySet()).containsExactly("result/result.json", kind.manifest());

        FileTrees.remove(workspace);
        Files.createDirectories(outside.resolve("artifacts"));
        Files.writeString(outside.resolve("artifacts/secret"), HostileFamily.SECRET);
        Files.createSymbolicLink(workspace, outside);
        assertThat(packed(kind).keySet()).containsExactly("result/result.json", kind.manifest());
    }

    @Test
    void what_engines_sign_in_with_is_in_no_bundle() throws IOException {
        agent(".codex/auth.json", "token");
        agent(".codex/config.toml", "a = 1");
        agent("backup/.codex/auth.json", "token");
        agent("oauth_creds.json", "token");
        agent("artifacts/oauth_creds.json", "token");

        assertThat(packed(BundleKind.DEBUG).keySet())
                .containsExactly(".codex/config.toml", "result/result.json", "bundle/manifest_debug.json");
        assertThat(packed(BundleKind.RESULT).keySet()).containsExactly("result/result.json", "bundle/manifest.json");
    }

    @Test
    void a_file_that_grows_shrinks_or_goes_while_it_is_read_breaks_nothing() throws Exception {
        Random random = new Random(7);
        byte[] large = new byte[400_000];
        random.nextBytes(large);
        Path artifacts = workspace.resolve("artifacts");
        Files.write(artifacts.resolve("1-grows"), large);
        Files.write(artifacts.resolve("2-goes"), large);
        Files.write(artifacts.resolve("3-shrinks"), large);
        Files.write(artifacts.resolve("4-is-swapped"), large);
        Files.writeString(outside.resolve("secret"), HostileFamily.SECRET);

        Map<String, byte[]> files;
        try (InputStream bundle = bundle(BundleKind.RESULT)) {
            byte[] first = bundle.readNBytes(100_000);
            try (OutputStream more = Files.newOutputStream(artifacts.resolve("1-grows"), StandardOpenOption.APPEND)) {
                more.write(large);
            }
            Files.delete(artifacts.resolve("2-goes"));
            byte[] second = bundle.readNBytes(400_000);
            Files.write(artifacts.resolve("3-shrinks"), new byte[] {1, 2, 3});
            Files.delete(artifacts.resolve("4-is-swapped"));
            Files.createSymbolicLink(artifacts.resolve("4-is-swapped"), outside.resolve("secret"));
            files = entries(joined(first, second, bundle.readAllBytes()));
        }

        assertThat(files.keySet())
                .containsExactly(
                        "artifacts/1-grows", "artifacts/3-shrinks", "result/result.json", "bundle/manifest.json");
        assertThat(files.get("artifacts/1-grows")).isEqualTo(large);
        assertThat(files.get("artifacts/3-shrinks")).hasSizeLessThan(large.length);
        Map<String, Object> manifest = manifest(files, BundleKind.RESULT);
        assertThat(manifest).containsEntry("complete", false).containsEntry("left_out", 2);
        List<List<Object>> expected = new ArrayList<>();
        for (String path : List.of("artifacts/1-grows", "artifacts/3-shrinks", "result/result.json")) {
            byte[] content = files.getOrDefault(path, new byte[0]);
            expected.add(List.of(path, content.length, sha256(content)));
        }
        assertThat(manifest.get("files"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(file -> Arrays.asList(file.get("path"), file.get("size"), file.get("sha256")))
                .isEqualTo(expected);
    }

    @Test
    void a_run_that_is_removed_while_it_is_packed_leaves_a_whole_archive_that_says_what_is_missing() throws Exception {
        Random random = new Random(7);
        byte[] large = new byte[400_000];
        random.nextBytes(large);
        Files.write(workspace.resolve("artifacts/1"), large);
        Files.write(workspace.resolve("artifacts/2"), large);

        Map<String, byte[]> files;
        try (InputStream bundle = bundle(BundleKind.RESULT)) {
            byte[] first = bundle.readNBytes(100_000);
            FileTrees.remove(run);
            files = entries(joined(first, bundle.readAllBytes()));
        }

        assertThat(files.keySet()).containsExactly("artifacts/1", "bundle/manifest.json");
        assertThat(files.get("artifacts/1")).isEqualTo(large);
        assertThat(manifest(files, BundleKind.RESULT))
                .containsEntry("complete", false)
                .containsEntry("left_out", 2);
        assertThat(bundles.pack(ENDED, BundleKind.RESULT, Optional.empty())).isEmpty();
    }

    @Test
    void a_bundle_that_is_left_half_read_lets_go_of_everything() throws IOException {
        agent("artifacts/a", "x".repeat(100_000));
        try (InputStream bundle = bundle(BundleKind.RESULT)) {
            assertThat(bundle.read()).isEqualTo('P');
            bundle.close();

            assertThatIOException().isThrownBy(bundle::read);
        }
        assertThat(packed(BundleKind.RESULT)).hasSize(3);
    }

    @Test
    void a_reader_of_directories_finds_the_same_files_without_times() throws IOException {
        agent("artifacts/\u4e2d\u6587.txt", "text");
        Path archive = outside.resolve("bundle.zip");
        try (InputStream bundle = bundle(BundleKind.RESULT)) {
            Files.copy(bundle, archive);
        }

        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            ZipArchiveEntry entry = zip.getEntry("artifacts/\u4e2d\u6587.txt");
            assertThat(zip.getInputStream(entry)).hasContent("text");
            assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        }
    }

    @Test
    @Tag("one-jdk")
    void bundles_of_very_many_files_wait_for_each_other_but_small_ones_never_do() throws IOException {
        Path artifacts = Files.createDirectories(workspace.resolve("artifacts/" + "d".repeat(200)));
        for (int i = 0; i < 30_000; i++) {
            Files.createFile(artifacts.resolve("n".repeat(200) + i));
        }
        try (InputStream first = bundle(BundleKind.RESULT);
                InputStream second = bundle(BundleKind.RESULT)) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> bundle(BundleKind.RESULT).close())
                    .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.SERVER_BUSY));
            assertThat(first.read()).isEqualTo(second.read());
        }
        bundle(BundleKind.RESULT).close();
    }

    private InputStream bundle(BundleKind kind) {
        return bundles.pack(ENDED, kind, Optional.empty()).orElseThrow();
    }

    private Map<String, byte[]> packed(BundleKind kind) throws IOException {
        try (InputStream bundle = bundle(kind)) {
            return entries(bundle.readAllBytes());
        }
    }

    private static Map<String, Object> manifest(Map<String, byte[]> files, BundleKind kind) {
        return new JacksonJson()
                .parseObject(new String(files.get(kind.manifest()), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static Map<String, String> texts(Map<String, byte[]> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((path, content) -> texts.put(path, new String(content, StandardCharsets.UTF_8)));
        return texts;
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private void agent(String path, String text) throws IOException {
        write(workspace.resolve(path), text);
    }

    private void server(String path, String text) throws IOException {
        write(run.resolve(path), text);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
