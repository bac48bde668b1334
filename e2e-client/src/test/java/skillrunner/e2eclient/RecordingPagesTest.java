package skillrunner.e2eclient;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Recordings, and the replay that asks no server. */
class RecordingPagesTest {
    @TempDir
    Path recordings;

    private ScriptedBackend backend;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(
                recordings.resolve("r-1.json"),
                """
                {"request_id": "r-1", "created_at": "2026-11-30T10:00:00.000000Z", "updated_at": "2026-11-30T10:00:01.000000Z", "steps": [
                  {"ts": "2026-11-30T10:00:00.000000Z", "action": "create_run", "status": "ok", "request": {"skill_id": "demo"}, "response": {"request_id": "r-1"}},
                  {"ts": "2026-11-30T10:00:01.000000Z", "action": "upload", "status": "error", "request": {"files": ["a"]}, "response": {"detail": "<b>no</b>"}}]}
                """);
        backend = ScriptedBackend.start();
        visitor = Visitor.of(backend.address(), recordings);
    }

    @AfterEach
    void stop() {
        visitor.close();
        assertThat(backend.asked()).as("a replay asks nobody").isEmpty();
        backend.close();
    }

    @Test
    void the_list_shows_half_finished_recordings_and_counts_what_is_none() throws IOException {
        Files.writeString(recordings.resolve("cut.json"), "{\"request_id\": ");
        String page = visitor.get("/recordings").body();
        assertThat(page)
                .contains("data-recording=\"r-1\"", "data-finished=\"false\"", "Files sent: refused", "Not finished")
                .contains("1 files in the folder are no recordings");
    }

    @Test
    void a_recording_is_gone_through_step_by_step() {
        String first = visitor.get("/recordings/r-1").body();
        assertThat(first)
                .contains("1 / 2: Run created", "href=\"/recordings/r-1?step=2\"")
                .doesNotContain("id=\"previous\"");
        String second = visitor.get("/recordings/r-1?step=2").body();
        assertThat(second)
                .contains("2 / 2: Files sent", "id=\"previous\"", "&lt;b&gt;no&lt;/b&gt;")
                .doesNotContain("id=\"next\"");
        for (String odd : List.of("?step=0", "?step=x", "?step=-1")) {
            assertThat(visitor.get("/recordings/r-1" + odd).body()).contains("1 / 2");
        }
        assertThat(visitor.get("/recordings/r-1?step=99999").body()).contains("2 / 2");
    }

    @Test
    void what_is_not_there_is_not_found_and_nothing_outside_is_read() throws IOException {
        Files.writeString(recordings.resolveSibling("x.json"), "{\"request_id\": \"x\", \"steps\": []}");
        for (String path :
                List.of("/recordings/none", "/api/recordings/none", "/api/recordings/..%2Fx", "/recordings/..%2Fx")) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(visitor.get("/api/recordings/none").body()).contains("\"code\":\"NOT_FOUND\"");
        assertThat(visitor.get("/api/recordings/r-1").body()).contains("\"action\":\"create_run\"");
    }

    @Test
    void many_recordings_come_in_pages() throws IOException {
        for (int i = 0; i < 60; i++) {
            Files.writeString(recordings.resolve("m" + i + ".json"), "{\"request_id\": \"m" + i + "\", \"steps\": []}");
        }
        assertThat(visitor.get("/recordings").body())
                .contains("/recordings?page=2")
                .doesNotContain("rel=\"prev\"");
        assertThat(visitor.get("/recordings?page=2").body())
                .contains("/recordings?page=1")
                .doesNotContain("rel=\"next\"");
        assertThat(visitor.get("/recordings?page=x").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/recordings?page=7").body())
                .as("behind the last page")
                .contains("/recordings?page=1", "data-recording=");
        assertThat(visitor.get("/runs?page=7").body()).contains("/runs?page=1", "data-run=");
        backend.forget();
    }
}
