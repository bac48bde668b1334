package skillrunner.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.OutputStreamKind;

import static org.assertj.core.api.Assertions.assertThat;

/** HEAD tells what GET would answer, and is no way around what GET looks at. */
class HeadRequestsTest extends HttpTestBed {
    /** What can't be told without the body, and what differs from moment to moment. */
    private static final List<String> NOT_COMPARED = List.of("date", "content-length", "transfer-encoding");

    HeadRequestsTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void status_and_headers_are_those_of_get_and_there_is_no_body() throws Exception {
        running();
        write(OutputStreamKind.STDERR, "x".repeat(200_000));
        core.workspaces.leave(RUN, "report.md", "# Report");
        core.processes.process(RUN, 1).answers("{\"answer\":\"" + "y".repeat(100_000) + "\"}");
        ended();

        for (String path : answered()) {
            RawHttp head = RawHttp.send(api.port(), RawHttp.request("HEAD", path));
            RawHttp get = RawHttp.get(api.port(), path);
            assertThat(head.status()).as("status of " + path).isEqualTo(get.status());
            assertThat(head.body()).as("body of " + path).isEmpty();
            assertThat(compared(head)).as("headers of " + path).isEqualTo(compared(get));
            assertThat(length(head)).as("length of " + path).isIn(Optional.empty(), Optional.of((long)
                    get.body().getBytes(StandardCharsets.UTF_8).length));
        }
    }

    /** Streams and archives are not made for somebody who does not want them. */
    @Test
    void a_stream_is_described_and_not_opened() throws Exception {
        running();
        for (String path : List.of(JOB + "/events", "/v1/management/runs/" + REQUEST + "/events")) {
            for (int i = 0; i <= MAX_STREAMS_PER_RUN; i++) {
                RawHttp head = RawHttp.send(api.port(), RawHttp.request("HEAD", path));
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.head()).contains("text/event-stream");
                assertThat(head.body()).isEmpty();
            }
        }
        assertThat(RawHttp.send(api.port(), RawHttp.request("HEAD", JOB + "/events?stdout_from=x"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_bundle_of_a_run_that_has_left_nothing_is_not_there_for_head_either() throws Exception {
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));

        assertThat(RawHttp.send(api.port(), RawHttp.request("HEAD", JOB + "/bundle"))
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.send(api.port(), RawHttp.request("HEAD", JOB + "/result"))
                        .status())
                .isEqualTo(404);
    }

    private static List<String> answered() {
        List<String> paths = new ArrayList<>();
        for (String resource :
                List.of("", "/result", "/artifacts", "/artifacts/artifacts/report.md", "/bundle", "/logs")) {
            paths.add(JOB + resource);
            paths.add("/v1/jobs/nobody" + resource);
            paths.add("/v1/temp-skill-runs/" + REQUEST + resource);
        }
        paths.addAll(List.of(
                JOB + "/artifacts/artifacts/none",
                JOB + "/artifacts/artifacts/..%2F..%2Fstatus.json",
                "/healthz",
                "/readyz",
                "/nowhere",
                "/v1/skills",
                "/v1/skills/demo",
                "/v1/skills/none",
                "/v1/management/runs",
                "/v1/management/runs?limit=0",
                "/v1/management/runs?cursor=x",
                "/v1/management/runs/" + REQUEST,
                "/v1/management/runs/nobody",
                "/v1/management/runs/" + REQUEST + "/files",
                "/v1/management/runs/" + REQUEST + "/file",
                "/v1/management/runs/" + REQUEST + "/file?path=..",
                "/v1/management/runs/" + REQUEST + "/file?path=artifacts/report.md",
                "/v1/management/skills",
                "/ui/runs",
                "/ui/runs/" + REQUEST,
                "/ui/runs/nobody",
                "/ui/management/runs/table",
                "/ui/nowhere"));
        return paths;
    }

    private static List<String> compared(RawHttp answer) {
        return answer.head()
                .lines()
                .skip(1)
                .filter(line -> !NOT_COMPARED.contains(line.split(":", 2)[0].toLowerCase(Locale.ROOT)))
                .sorted()
                .toList();
    }

    private static Optional<Long> length(RawHttp answer) {
        return answer.head()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Long.parseLong(line.split(":", 2)[1].strip()))
                .findFirst();
    }
}
