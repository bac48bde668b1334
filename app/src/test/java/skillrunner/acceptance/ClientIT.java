package skillrunner.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.client.Position;
import skillrunner.client.Proof;
import skillrunner.client.RunEnd;
import skillrunner.client.RunListener;
import skillrunner.client.SkillRunnerClient;
import skillrunner.client.model.ChatEvent;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.RunStates;
import skillrunner.client.model.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** The client for Java and a real server, which is killed under it. */
class ClientIT {
    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        // Bytes that are no text among them, since what is proven is bytes.
        Files.writeString(
                program,
                """
                #!/bin/sh
                cat >/dev/null
                echo '{"type":"turn.started"}'
                part() {
                    i=0
                    while [ $i -lt 2000 ]; do
                        echo "$1 $i 中文 \uD83D\uDE00"
                        i=$((i + 1))
                    done
                    echo "$1 is over" >&2
                    until [ -e 'HOME/go-'$1 ]; do sleep 0.02; done
                }
                part one
                part two
                printf '\\377\\000\\r\\n'
                echo '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\": \\"ok\\"}"}}'
                echo '{"type":"turn.completed"}'
                """
                        .replace("HOME", home.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Writes down what it is told; what it has heard may be asked on any thread. */
    private static final class Told implements RunListener {
        private final StringBuilder stdout = new StringBuilder();
        private final StringBuilder stderr = new StringBuilder();
        private final List<Long> events = new ArrayList<>();
        private int cuts;

        @Override
        public synchronized void stdout(long from, String text) {
            stdout.append(text);
        }

        @Override
        public synchronized void stderr(long from, String text) {
            stderr.append(text);
        }

        synchronized boolean heard(String text) {
            return stdout.indexOf(text) >= 0;
        }

        @Override
        public void event(ChatEvent event) {
            events.add((long) event.seq());
        }

        @Override
        public void reconnecting(Duration wait, IOException why) {
            cuts++;
        }
    }

    @Test
    void two_clients_hear_every_byte_once_although_the_server_is_killed_under_them() throws Exception {
        Told one = new Told();
        Told two = new Told();
        CompletableFuture<RunEnd> first;
        CompletableFuture<RunEnd> second;
        String request;
        int port;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            port = server.port();
            SkillRunnerClient client = client(port);
            JobRequest job = JobRequest.of(TestSkill.ID).withParameter(Map.of("script", "any"));
            request = client.submit(job, Map.of()).requestId();
            first = follow(client, request, one);
            second = follow(client(port), request, two);
            awaitText(one, "one 1999", first);
            awaitText(two, "one 1999", second);
            server.kill();
        }
        Files.createFile(home.resolve("go-one"));
        try (RunningServer server = RunningServer.start(home, Map.of("PORT", Integer.toString(port)))) {
            awaitText(one, "two 1999", first);
            Files.createFile(home.resolve("go-two"));
            assertThat(first.get().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(first.get().proof()).as(first.get().doubt()).isEqualTo(Proof.PROVEN);
            assertThat(second.get()).isEqualTo(first.get());
            assertThat(one.cuts).isPositive();
            String raw = server.client().stdout(request);
            assertThat(one.stdout)
                    .hasToString(raw)
                    .contains("one 0 中文 \uD83D\uDE00\none 1 ")
                    .contains("\uFFFD");
            assertThat(two.stdout).hasToString(raw);
            assertThat(one.stderr).hasToString("one is over\ntwo is over\n");
            assertThat(one.events)
                    .isEqualTo(two.events)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .isNotEmpty();

            assertThatWhatCameLaterIsTheRest(client(port), request, first.get(), raw);
        }
    }

    /** Whoever begins in the middle has a proof as well, and a list of runs is read page by page. */
    private static void assertThatWhatCameLaterIsTheRest(
            SkillRunnerClient client, String request, RunEnd end, String raw) throws Exception {
        Told rest = new Told();
        RunEnd again = client.follow(request).from(new Position(10, 0, 0)).listen(rest);
        assertThat(again.proof()).isEqualTo(Proof.PROVEN);
        assertThat(rest.stdout.toString()).startsWith(raw.substring(10, 40));
        assertThat(client.follow(request).withoutOutput().listen(rest).proof()).isEqualTo(Proof.NOT_FOLLOWED);
        assertThat(client.follow(request)
                        .withEvents()
                        .from(end.position())
                        .listen(new Told())
                        .position())
                .isEqualTo(end.position());
        assertThat(client.info().fits()).isTrue();
        RunStates runs = client.managementOfRuns().listRuns(List.of(RunStatus.SUCCEEDED), null, "codex", null, null, 1);
        assertThat(runs.runs()).extracting(run -> run.requestId()).containsExactly(request);
        assertThat(client.jobs().resultJob(request).result()).containsKey("data");
        assertThat(client.jobs().getJob(request).receipt()).isEqualTo(end.receipt());
    }

    private static CompletableFuture<RunEnd> follow(SkillRunnerClient client, String request, RunListener listener) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.follow(request).withEvents().listen(listener);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static SkillRunnerClient client(int port) {
        return SkillRunnerClient.of(URI.create("http://127.0.0.1:" + port)).build();
    }

    private static void awaitText(Told told, String text, CompletableFuture<RunEnd> following) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .failFast("the following has ended: " + following, following::isDone)
                .until(() -> told.heard(text));
    }
}
