package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that send or read a byte now and then, more of them than there are threads on a JDK without virtual ones. */
class SlowClientsTest extends HttpTestBed {
    private static final int EACH = 110;

    private final Path temporary;

    SlowClientsTest(@TempDir Path temporary) {
        super(temporary);
        this.temporary = temporary;
    }

    @Test
    void slow_heads_and_bodies_hold_up_nobody_and_are_ended_but_for_bodies_that_come_quickly_enough() throws Exception {
        queued();
        String json = head("/v1/jobs", "application/json", 5_000) + "{\"skill_id\":\"";
        String upload = head(JOB + "/upload", "multipart/form-data; boundary=b", 40_000)
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.zip\"\r\n\r\n";
        // Takes longer than a head may.
        String file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.zip\"\r\n\r\n"
                + "x".repeat(45_000) + "\r\n--b--\r\n";
        String fairUpload = asking(head(JOB + "/upload", "multipart/form-data; boundary=b", file.length()));
        String asked = asking(head("/v1/jobs", "application/json", 5_000));
        try (DrippingClients heads = DrippingClients.open(api.port(), EACH, "GET /healthz HTTP/1.1\r\nHost: local");
                DrippingClients fair = DrippingClients.open(api.port(), 3, fairUpload, file, 3_500);
                DrippingClients askers = DrippingClients.open(api.port(), EACH, asked);
                DrippingClients bodies = DrippingClients.open(api.port(), EACH, json);
                DrippingClients uploads = DrippingClients.open(api.port(), EACH, upload)) {
            for (int i = 0; i < 50; i++) {
                assertThat(get("/healthz").statusCode()).isEqualTo(200);
                assertThat(get(JOB).statusCode()).isEqualTo(200);
            }

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> heads.open() + askers.open() + bodies.open() + uploads.open() == 0);
            await().atMost(Duration.ofSeconds(60)).until(() -> fair.open() == 0);
            assertThat(fair.answers())
                    .hasSize(3)
                    .allMatch(answer -> answer.startsWith("HTTP/1.1 100 ") && answer.contains("RUN_ALREADY_STARTED"));
            assertThat(askers.answers()).hasSize(EACH).allMatch(answer -> answer.startsWith("HTTP/1.1 100 "));
            assertThat(askers.answers()).allMatch(answer -> answer.contains("REQUEST_TOO_SLOW"));
            assertThat(bodies.answers()).hasSize(EACH).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "));
            assertThat(bodies.answers()).allMatch(answer -> answer.contains("REQUEST_TOO_SLOW"));
            assertThat(uploads.answers()).hasSize(EACH).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "));
            assertThat(heads.answers()).allMatch(answer -> answer.isEmpty() || answer.startsWith("HTTP/1.1 408 "));
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(left()).isEmpty());
    }

    @Test
    void who_does_not_read_holds_up_nobody() throws Exception {
        queued();
        core.workspaces.leave(RUN, "large", "x".repeat(20_000_000));
        String ask = RawHttp.request("GET", JOB + "/artifacts/artifacts/large");
        try (DrippingClients readers = DrippingClients.open(api.port(), 300, ask)) {
            for (int i = 0; i < 50; i++) {
                assertThat(get("/healthz").statusCode()).isEqualTo(200);
                assertThat(get(JOB).statusCode()).isEqualTo(200);
            }
            assertThat(readers.answers()).hasSize(300);
        }
    }

    @Test
    void answers_and_bodies_that_wait_on_the_disk_leave_nothing_there() throws Exception {
        queued();
        for (int i = 0; i < 400; i++) {
            core.workspaces.leave(RUN, "" + "x".repeat(200) + i, "");
        }
        HttpResponse<String> list = get(JOB + "/artifacts");
        assertThat(list.body().length()).isGreaterThan(80_000);
        assertThat(list.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(list.body().getBytes(UTF_8).length));
        assertThat(json(list.body()).get("artifacts").size()).isEqualTo(400);

        assertThat(post("/v1/jobs", "{\"skill_id\":\"demo\",\"parameter\":{\"x\":\"" + "y".repeat(9_000) + "\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(upload(JOB + "/upload", "file", "z".repeat(40_000)).statusCode())
                .isIn(200, 400);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(left()).isEmpty());
    }

    private static String head(String path, String type, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private static String asking(String head) {
        return head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    }

    private List<String> left() throws Exception {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
