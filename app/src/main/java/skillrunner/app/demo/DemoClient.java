package skillrunner.app.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.client.Credentials;
import skillrunner.client.RunEnd;
import skillrunner.client.SkillRunnerClient;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.JobStatus;
import skillrunner.client.model.RuntimeOptions;

/** What the demo asks of a server, over the public API as anybody could. */
final class DemoClient {
    static final String SKILL = "demo-prime-number";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SkillRunnerClient client;

    DemoClient(URI server) {
        this(server, Optional.empty());
    }

    /** A client that says who it is; only for a server that is known to be ours. */
    DemoClient(URI server, Optional<Credentials> credentials) {
        this.client = SkillRunnerClient.of(server)
                .credentials(credentials.orElse(null))
                .connectTimeout(PATIENCE)
                .timeout(PATIENCE)
                .build();
    }

    /** Tells whether a Skill Runner answers there, and not something else. */
    boolean isSkillRunner() throws InterruptedException {
        try {
            return SKILL.equals(client.skills().getSkill(SKILL).id());
        } catch (IOException e) {
            return false;
        }
    }

    /** Creates the job and hands in its file. @return the request id */
    String start(int limit, String numbers) throws IOException, InterruptedException {
        Path file = Files.createTempFile("skill-runner-demo", ".txt");
        try {
            Files.writeString(file, numbers);
            JobRequest job = JobRequest.of(SKILL)
                    .withParameter(Map.of("limit", limit))
                    // Each demo shows a run, not the memory of one.
                    .withRuntimeOptions(RuntimeOptions.of().withNoCache(true));
            return client.submit(job, Map.of("numbers", file)).requestId();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Follows the run to its end. */
    RunEnd follow(String request, DemoProgress progress) throws IOException, InterruptedException {
        return client.follow(request).patience(PATIENCE).listen(progress);
    }

    JobStatus status(String request) throws IOException, InterruptedException {
        return client.jobs().getJob(request);
    }

    Map<String, Object> result(String request) throws IOException, InterruptedException {
        return client.jobs().resultJob(request).result();
    }

    List<String> artifacts(String request) throws IOException, InterruptedException {
        return client.jobs().artifactsJob(request).artifacts();
    }

    void cancel(String request) throws IOException, InterruptedException {
        client.jobs().cancelJob(request);
    }

    URI page(String request) {
        return client.server().resolve("/ui/runs/" + request);
    }

    URI artifact(String request, String path) {
        return client.server().resolve("/v1/jobs/" + request + "/artifacts/" + path);
    }
}
