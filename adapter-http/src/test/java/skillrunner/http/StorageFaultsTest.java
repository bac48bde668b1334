package skillrunner.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StorageFaultException;

import static org.assertj.core.api.Assertions.assertThat;

class StorageFaultsTest extends HttpTestBed {
    private static final String LONG = "x".repeat(9_000);

    private final Path temporary;

    StorageFaultsTest(@TempDir Path temporary) {
        super(temporary);
        this.temporary = temporary;
    }

    @Test
    void what_a_store_says_its_disk_refuses_is_told_as_passing() throws Exception {
        queued();
        core.runs.failLooks(() -> new StorageFaultException(report()));

        assertUnavailable(get(JOB));

        core.runs.failLooks(() -> new CompletionException(new StorageFaultException(report())));

        assertUnavailable(get(JOB));
    }

    @Test
    void a_report_of_the_disk_that_no_store_has_explained_is_a_fault_of_ours() throws Exception {
        queued();
        core.runs.failLooks(() -> new UncheckedIOException(report()));

        assertThat(get(JOB).statusCode()).isEqualTo(500);
        assertThat(get(JOB).body()).contains("INTERNAL_ERROR");
    }

    @Test
    void a_body_that_can_not_be_kept_while_it_comes_is_told_as_passing() throws Exception {
        awaiting();
        Files.delete(temporary);

        assertUnavailable(post("/v1/jobs", "{\"skill_id\":\"demo\",\"input\":\"" + LONG + "\"}"));

        Files.writeString(temporary, "no folder");

        assertUnavailable(post("/v1/jobs", "{\"skill_id\":\"demo\",\"input\":\"" + LONG + "\"}"));
        assertUnavailable(upload(JOB + "/upload", "file", LONG));
    }

    private static IOException report() {
        return new FileSystemException("runs", null, "Read-only file system");
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("STORAGE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
