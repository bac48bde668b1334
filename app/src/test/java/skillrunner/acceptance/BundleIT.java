package skillrunner.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import skillrunner.testkit.hostile.HostileFamily;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A run is taken elsewhere as one archive, and its files are looked at where they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ANSWER = "answer {\"status\": \"ok\"}";
    private static final Map<String, Object> DEBUG = Map.of("debug", true, "no_cache", true);

    private Path home;
    private Path outside;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
        outside = Files.createDirectory(home.resolve("outside"));
        Files.writeString(outside.resolve("secret"), HostileFamily.SECRET);
        server = RunningServer.start(home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_bundle_holds_result_artifacts_and_a_manifest_whose_digests_match() throws Exception {
        String request = ended(Map.of("no_cache", true), "artifact sub/report.md fine", "say working", ANSWER);

        ApiClient.Bytes answer = bundle(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).containsExactly("application/zip");
        assertThat(String.join("", answer.headers().getOrDefault("content-disposition", List.of())))
                .contains("\"run_bundle.zip\"");
        Map<String, byte[]> files = entries(answer.body());
        assertThat(files.keySet())
                .containsExactly("artifacts/sub/report.md", "result/result.json", "bundle/manifest.json");
        assertThatManifestMatches(
                files, "bundle/manifest.json", api.result(request).get("receipt"));
        assertThat(bundle(request).body()).isEqualTo(answer.body());
    }

    @Test
    void with_debug_a_bundle_holds_the_whole_run_and_no_bundle() throws Exception {
        String request = ended(DEBUG, "artifact a.txt fine", "say working", ANSWER);

        ApiClient.Bytes answer = bundle(request);

        assertThat(String.join("", answer.headers().getOrDefault("content-disposition", List.of())))
                .contains("\"run_bundle_debug.zip\"");
        Map<String, byte[]> files = entries(answer.body());
        assertThat(files)
                .containsKeys(
                        "artifacts/a.txt",
                        "input.json",
                        "result/result.json",
                        "status.json",
                        "logs/prompt.txt",
                        "logs/stdout.txt",
                        ".audit/stdout.1.log",
                        ".audit/meta.1.json",
                        ".audit/parser_diagnostics.1.jsonl",
                        ".audit/protocol_metrics.1.json",
                        "bundle/manifest_debug.json");
        assertThat(files.keySet()).noneMatch(path -> path.startsWith("workspace/") || path.endsWith(".zip"));
        assertThat(new String(files.get(".audit/stdout.1.log"), StandardCharsets.UTF_8))
                .contains("working");
        assertThatManifestMatches(
                files, "bundle/manifest_debug.json", api.result(request).get("receipt"));
        assertThat(bundle(request).body()).isEqualTo(answer.body());
    }

    @Test
    void nothing_planted_is_in_a_bundle_or_shown() throws Exception {
        String secret = outside.resolve("secret").toString();
        String request = ended(
                DEBUG,
                "sh for d in . artifacts; do (cd $d; ln -s '" + secret + "' link; ln -s '" + outside
                        + "' link-to-folder; ln '" + secret + "' hard-link; mkfifo pipe; ln -s loop loop); done;"
                        + " mkdir -p .codex result bundle; echo token > .codex/auth.json; echo token > oauth_creds.json;"
                        + " echo forged > result/result.json; echo forged > bundle/manifest_debug.json; echo good > good",
                ANSWER);

        Map<String, byte[]> files = entries(bundle(request).body());

        assertThat(files).containsKey("good");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String text = new String(file.getValue(), StandardCharsets.UTF_8);
            assertThat(text).as(file.getKey()).doesNotContain(HostileFamily.SECRET);
            assertThat(text.strip()).as(file.getKey()).isNotEqualTo("token").isNotEqualTo("forged");
        }
        String run = "/v1/management/runs/" + request;
        assertThat(api.get(run + "/files").body()).contains("\"link\"").doesNotContain("auth.json", "oauth_creds");
        for (Map.Entry<String, Integer> refused : Map.of(
                        "link", 400,
                        "link-to-folder%2Fsecret", 400,
                        "hard-link", 404,
                        "pipe", 404,
                        "..%2Fstatus.json", 400,
                        "%2Fetc%2Fpasswd", 400,
                        ".codex%2Fauth.json", 404,
                        "none", 404,
                        "artifacts", 404)
                .entrySet()) {
            assertThat(api.get(run + "/file?path=" + refused.getKey()).status())
                    .as(refused.getKey())
                    .isEqualTo(refused.getValue());
        }
        assertThat(api.get(run + "/file").status()).isEqualTo(400);
        assertThat(preview(request, "result%2Fresult.json")).contains("\"success\"");
        assertThat(preview(request, ".audit%2Fprompt.1.txt")).contains("Do as told.");
        assertThat(preview(request, ".%2Fgood")).isEqualTo("good\n");
    }

    @Test
    void a_run_that_works_is_packed_as_it_is_and_one_that_waits_has_no_bundle() throws Exception {
        Path go = home.resolve("go");
        String request = api.create(TestSkill.job(
                "artifact early.txt here", "sh while [ ! -e '" + go + "' ]; do date >> artifacts/grows; done", ANSWER));
        api.awaitStatus(request, Set.of("running"));
        await().until(() -> api.get("/v1/jobs/" + request + "/artifacts").body().contains("grows"));

        Map<String, byte[]> files = entries(bundle(request).body());
        Files.createFile(go);

        assertThat(files.keySet()).containsExactly("artifacts/early.txt", "artifacts/grows", "bundle/manifest.json");
        assertThatManifestMatches(files, "bundle/manifest.json", JSON.readTree("null"));
        api.awaitEnd(request);
        assertThat(entries(bundle(request).body())).containsKey("result/result.json");
        assertThat(bundle("11111111-1111-4111-8111-111111111111").status()).isEqualTo(404);
    }

    private void assertThatManifestMatches(Map<String, byte[]> files, String path, JsonNode receipt) throws Exception {
        JsonNode manifest = JSON.readTree(files.get(path));
        assertThat(manifest.get("files").size()).isEqualTo(files.size() - 1);
        for (JsonNode file : manifest.get("files")) {
            byte[] content = files.getOrDefault(file.get("path").stringValue(), new byte[0]);
            assertThat(file.get("size").intValue()).isEqualTo(content.length);
            assertThat(file.get("sha256").stringValue())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        }
        assertThat(manifest.get("receipt")).isEqualTo(receipt);
    }

    private String preview(String request, String path) {
        return api.get("/v1/management/runs/" + request + "/file?path=" + path)
                .json()
                .get("preview")
                .get("content")
                .stringValue();
    }

    private String ended(Map<String, Object> options, String... directives) {
        String request = api.create(TestSkill.job(options, directives));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        return request;
    }

    private ApiClient.Bytes bundle(String request) {
        return api.download("/v1/jobs/" + request + "/bundle");
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
}
