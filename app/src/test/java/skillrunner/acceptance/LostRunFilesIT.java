package skillrunner.acceptance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of ended runs that are gone, broken or something else, at each address that reads them. */
class LostRunFilesIT {
    static final List<String> FILES = List.of(
            ".",
            ".audit",
            ".audit/stdout.1.log",
            ".audit/stderr.1.log",
            ".audit/prompt.1.txt",
            "result",
            "result/result.json",
            "status.json",
            "workspace",
            "workspace/input.json",
            "workspace/uploads",
            "workspace/artifacts",
            "workspace/artifacts/one.txt");

    /** Files that are written anew, when somebody asks for the result of a run that did not succeed. */
    private static final List<String> WRITTEN = List.of(".", "result", "result/result.json", "status.json");

    /** What stands there instead; the place is empty and named by the first argument. */
    private static final List<String> INSTEAD = List.of(
            ":",
            "mkdir -p \"$1/full\"",
            "mkfifo \"$1\"",
            ": >\"$1\"",
            "printf '{\"status\": \"succ' >\"$1\"",
            "printf '\\377\\000[[[[' >\"$1\"",
            "printf '{' >\"$1\"; chmod 000 \"$1\"",
            "ln -s nowhere \"$1\"",
            "ln -s \"$2\" \"$1\"");

    private static final List<String> ADDRESSES = List.of(
            "/v1/jobs/%s",
            "/v1/jobs/%s/result",
            "/v1/jobs/%s/artifacts",
            "/v1/jobs/%s/artifacts/artifacts/one.txt",
            "/v1/jobs/%s/logs",
            "/v1/jobs/%s/events",
            "/v1/jobs/%s/events?streams=log,chat",
            "/v1/jobs/%s/events/history",
            "/v1/management/runs/%s/protocol/history?stream=rasp",
            "/v1/management/runs/%s/logs/range?stream=stdout&byte_to=100",
            "/v1/streams/%s/stdout",
            "/v1/streams/%s/fcmp?offset=-1&live=sse",
            "/v1/management/runs/%s",
            "/v1/management/runs/%s/events?stdout_from=5",
            "/ui/runs/%s",
            "/ui/management/runs/%s/summary");

    @TempDir
    private Path home;

    @Test
    void what_is_lost_of_a_run_is_told_and_the_rest_is_shown() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Path secret = Files.writeString(home.resolve("secret"), HostileFamily.SECRET);
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            String succeeded =
                    api.create(TestSkill.job("artifact one.txt fine", "say hello", "answer {\"status\": \"ok\"}"));
            String failed = api.create(TestSkill.job("artifact one.txt fine", "say hello", "exit 3"));
            for (String request : List.of(succeeded, failed)) {
                Path run = home.resolve("data/runs")
                        .resolve(api.awaitEnd(request).get("run_id").stringValue());
                for (String file : request.equals(succeeded) ? FILES : WRITTEN) {
                    for (String instead : INSTEAD) {
                        Path place = run.resolve(file).normalize();
                        Path aside = home.resolve("aside");
                        boolean was = Files.exists(place);
                        if (was) {
                            Files.move(place, aside);
                        }
                        shell(instead, place, secret);

                        ask(api, request, file + " <- " + instead);
                        String result =
                                api.get("/v1/jobs/" + request + "/result").body();
                        if (request.equals(succeeded) && (file.startsWith("result") || file.equals("."))) {
                            assertThat(result).as(instead).contains("RESULT_NOT_FOUND");
                            assertThat(api.get("/ui/runs/" + request).body())
                                    .contains("no longer on the disk", request);
                        }

                        shell("rm -rf \"$1\"", place, secret);
                        if (was) {
                            Files.move(aside, place);
                        }
                    }
                }
                assertThat(api.stdout(request)).contains("hello");
                assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/one.txt")
                                .body())
                        .isEqualTo("fine");
            }
            assertThat(api.result(succeeded).at("/data/status").stringValue()).isEqualTo("ok");
            assertThat(api.get("/ui/runs/" + succeeded).body()).doesNotContain("no longer on the disk");
            assertThat(server.log()).doesNotContain("incident");
        }
    }

    /** Asks for all that reads a run's files. */
    static void ask(ApiClient api, String request, String planted) {
        for (String address : ADDRESSES) {
            ApiClient.Answer answer = api.get(address.formatted(request));

            String asked = address + ", " + planted;
            assertThat(answer.status()).as(asked).isIn(200, 404);
            assertThat(answer.body()).as(asked).doesNotContain(HostileFamily.SECRET);
            if (answer.status() == 404) {
                assertThat(answer.json().get("code").stringValue())
                        .as(asked)
                        .isIn("RESULT_NOT_FOUND", "ARTIFACT_NOT_FOUND");
            }
        }
    }

    private static void shell(String script, Path place, Path secret) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", script, "sh", place.toString(), secret.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as(script)
                .isEmpty();
        assertThat(shell.waitFor()).as(script).isZero();
    }
}
