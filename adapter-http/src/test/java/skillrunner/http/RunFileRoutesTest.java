package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;

import static org.assertj.core.api.Assertions.assertThat;

class RunFileRoutesTest extends HttpTestBed {
    private static final String RUNS = "/v1/management/runs/";

    RunFileRoutesTest(@TempDir Path temporary) {
        super(temporary);
        folder.holds(new FileTree(
                List.of(
                        new FileEntry("artifacts", "artifacts", true, 0),
                        new FileEntry("artifacts/a.md", "a.md", false, 1)),
                true));
        folder.put("artifacts/a.md", FilePreview.text("# A", 3, "utf-8"));
    }

    @Test
    void files_are_listed_and_shown_in_the_shapes_of_skills() throws Exception {
        queued();

        assertThat(json(get(RUNS + REQUEST + "/files").body()))
                .isEqualTo(json(
                        """
                        {"request_id":"%s","run_id":"%s","truncated":true,"entries":[
                         {"rel_path":"artifacts","name":"artifacts","is_dir":true,"depth":0},
                         {"rel_path":"artifacts/a.md","name":"a.md","is_dir":false,"depth":1}]}"""
                                .formatted(REQUEST, RUN)));
        assertThat(json(get(RUNS + REQUEST + "/file?path=artifacts%2Fa.md").body()))
                .isEqualTo(json(
                        """
                        {"request_id":"%s","run_id":"%s","path":"artifacts/a.md","preview":
                         {"mode":"text","content":"# A","size":3,"meta":"3 bytes, utf-8"}}"""
                                .formatted(REQUEST, RUN)));
    }

    @ParameterizedTest
    @CsvSource({
        "/file,400,PATH_INVALID",
        "/file?path=,400,PATH_INVALID",
        "/file?path=..%2Fx,400,PATH_INVALID",
        "/file?path=%2Fetc%2Fpasswd,400,PATH_INVALID",
        "/file?path=none,404,FILE_NOT_FOUND"
    })
    void a_path_that_names_no_file_is_refused(String part, int status, String code) throws Exception {
        queued();

        HttpResponse<String> refused = get(RUNS + REQUEST + part);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused.body()).get("code").stringValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files", "/file?path=a"})
    void a_request_without_a_run_has_no_files(String part) throws Exception {
        awaiting();

        assertThat(json(get(RUNS + REQUEST + part).body()).get("code").stringValue())
                .isEqualTo("RUN_NOT_FOUND");
        assertThat(json(get(RUNS + "11111111-1111-4111-8111-111111111111" + part)
                                .body())
                        .get("code")
                        .stringValue())
                .isEqualTo("REQUEST_NOT_FOUND");
    }
}
