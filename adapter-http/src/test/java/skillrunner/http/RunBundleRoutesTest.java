package skillrunner.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;

import static org.assertj.core.api.Assertions.assertThat;

class RunBundleRoutesTest extends HttpTestBed {
    private static final String BUNDLE = JOB + "/bundle";

    RunBundleRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_bundle_is_an_archive_to_be_saved_under_its_name() throws Exception {
        running();
        core.workspaces.leave(RUN, "report.md", "# Report");
        core.processes.process(RUN, 1).answers("{\"answer\":\"yes\"}");
        ended();

        HttpResponse<byte[]> answer = bundle();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"run_bundle.zip\"");
        assertThat(entries(answer.body()).keySet())
                .containsExactly("artifacts/report.md", "result/result.json", "bundle/manifest.json");
        assertThat(bundle().body()).isEqualTo(answer.body());
    }

    @Test
    void whoever_asked_to_debug_gets_everything() throws Exception {
        core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("debug", true), false));
        cancel();

        HttpResponse<byte[]> answer = bundle();

        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"run_bundle_debug.zip\"");
        assertThat(entries(answer.body())).containsKeys("result/result.json", "bundle/manifest_debug.json");
    }

    @Test
    void a_run_that_works_is_packed_as_it_is() throws Exception {
        running();
        core.workspaces.leave(RUN, "half.txt", "half");

        assertThat(entries(bundle().body()).keySet()).containsExactly("artifacts/half.txt", "bundle/manifest.json");
    }

    @Test
    void a_run_that_left_nothing_yet_has_no_bundle() throws Exception {
        queued();

        refused(404, "RESULT_NOT_FOUND");
    }

    @Test
    void a_run_whose_answer_was_lost_has_no_bundle() throws Exception {
        answered("{\"answer\":\"yes\"}");
        core.workspaces.loseResult(RUN);

        refused(404, "RESULT_NOT_FOUND");
    }

    @Test
    void a_run_that_failed_gets_its_result_again_before_it_is_packed() throws Exception {
        canceled();
        core.workspaces.loseResult(RUN);

        assertThat(entries(bundle().body())).containsKey("result/result.json");
    }

    @Test
    void a_request_that_waits_for_its_files_has_no_run() throws Exception {
        awaiting();

        refused(404, "RUN_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11111111-1111-4111-8111-111111111111", "..%2F..", "x"})
    void an_unknown_request_has_none(String id) throws Exception {
        HttpResponse<String> answer = get("/v1/jobs/" + id + "/bundle");

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    private void refused(int status, String code) throws Exception {
        HttpResponse<String> answer = get(BUNDLE);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer.body()).get("code").stringValue()).isEqualTo(code);
    }

    private HttpResponse<byte[]> bundle() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + BUNDLE))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
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
