package skillrunner.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;

/** What clients of jobs and runs have read so far, they read on: each answer is compared with its recording. */
class RunWireTest extends HttpTestBed {
    private static final String MANAGED = "/v1/management/runs/" + REQUEST;

    private final RecordedAnswers answers = new RecordedAnswers();

    RunWireTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_run_that_succeeds_is_told_as_ever() throws Exception {
        answers.add("created", post("/v1/jobs", "{\"skill_id\":\"demo\",\"parameter\":{\"a\":1}}"));
        states("queued");
        clock.advance(Duration.ofSeconds(2));
        var process = start();
        started();
        states("running");
        clock.advance(Duration.ofMillis(1500));
        core.workspaces.leave(RUN, "report.md", "text");
        process.complains("some \u4e2d \"words\"").answers("{\"n\":1.50}");
        ended();
        states("succeeded");
        answers.add("result", get(JOB + "/result"));
        answers.add("artifacts", get(JOB + "/artifacts"));
        answers.add("logs", get(JOB + "/logs"));
        answers.add("late cancel", post(JOB + "/cancel", ""));
        answers.add("late cancel by management", post(MANAGED + "/cancel", ""));
        answers.areTheRecorded("run-succeeded");
    }

    @Test
    void a_run_that_fails_is_told_as_ever() throws Exception {
        running().prints("fail \"rate\" <limit>").complains("trouble").exits(1);
        ended();
        states("failed");
        answers.areTheRecorded("run-failed");
    }

    @Test
    void a_run_that_is_canceled_is_told_as_ever() throws Exception {
        running();
        started();
        answers.add("canceled", post(JOB + "/cancel", ""));
        ended();
        states("canceled");
        answers.areTheRecorded("run-canceled");
    }

    @Test
    void a_run_that_waits_for_files_is_told_as_ever() throws Exception {
        answers.add(
                "created", post("/v1/jobs", "{\"skill_id\":\"needs-file\",\"runtime_options\":{\"no_cache\":true}}"));
        answers.add("status", get(JOB));
        answers.add("uploaded", upload(JOB + "/upload", "file", "input_file=12345"));
        states("queued");
        answers.areTheRecorded("run-uploaded");
    }

    @Test
    void what_is_refused_is_told_as_ever() throws Exception {
        answers.add("engine", post("/v1/jobs", "{\"skill_id\":\"demo\",\"engine\":\"iflow\"}"));
        answers.add(
                "mode",
                post("/v1/jobs", "{\"skill_id\":\"demo\",\"runtime_options\":{\"execution_mode\":\"interactive\"}}"));
        answers.add("fields", post("/v1/jobs", "{\"skill_id\":7,\"a/b\":1}"));
        answers.add("no request", get(JOB));
        answers.add("limit", get("/v1/management/runs?limit=0"));
        answers.add("event offset", get(JOB + "/events?stdout_from=x"));
        answers.areTheRecorded("run-refused");
    }

    /** What the process is kept together by is told once it is known to be there. */
    private void started() {
        await().atMost(PATIENCE).until(() -> get(MANAGED).body().contains("\"process_isolation\":\"process_tree\""));
    }

    private void states(String name) throws Exception {
        answers.add(name, get(JOB));
        answers.add(name + " in management", get(MANAGED));
        answers.add(name + " in the list", get("/v1/management/runs"));
        if (!name.equals("queued") && !name.equals("running")) {
            try (EventClient client = new EventClient(api.port(), JOB + "/events")) {
                answers.add(
                        name + " as events",
                        client.rest().stream()
                                .map(frame -> String.join("\n", frame.lines()))
                                .collect(Collectors.joining("\n\n")));
            }
        }
    }
}
