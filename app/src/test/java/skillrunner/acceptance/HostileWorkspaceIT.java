package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import skillrunner.testkit.hostile.HostileFamily;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent plants what it can in its workspace; the server serves nothing from outside, waits for nobody and goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWorkspaceIT {
    private static final String ANSWER = "answer {\"status\": \"ok\"}";

    private Path home;

    private Path outside;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
        outside = Files.createDirectory(home.resolve("outside"));
        Files.writeString(outside.resolve("secret"), HostileFamily.SECRET);
        server = RunningServer.start(home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void nothing_planted_below_artifacts_is_listed_or_served() {
        String secret = outside.resolve("secret").toString();
        JsonNode status = end(
                "artifact sub/good.txt fine",
                "sh cd artifacts; ln -s '" + secret + "' link; ln -s '" + outside + "' link-to-folder;"
                        + " ln -s nowhere dangling; ln -s loop loop; ln '" + secret + "' hard-link; mkfifo pipe;"
                        + " mknod device c 1 5; mkdir folder; truncate -s 1G sparse",
                "sh cd artifacts; touch \"$(printf 'bad\\377name')\"; for i in 1 2 3 4 5 6 7 8 9; do"
                        + " mkdir -p deep/d/d/d/d/d/d/d/d/d/d; mv deep up; mkdir deep; mv up deep/d; done",
                ANSWER);

        String request = status.get("request_id").stringValue();
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        JsonNode listed = api.get("/v1/jobs/" + request + "/artifacts").json().get("artifacts");
        assertThat(listed.toString()).isEqualTo("[\"artifacts/sparse\",\"artifacts/sub/good.txt\"]");
        assertThat(api.result(request).get("artifacts")).isEqualTo(listed);
        assertThat(api.get("/v1/jobs/" + request + "/artifacts")
                        .json()
                        .get("passed_over")
                        .intValue())
                .as("the device is missing where nobody may make one")
                .isBetween(7, 8);
        for (String name : HostileFamily.BAD) {
            assertThat(artifact(request, name).status()).as(name).isEqualTo(404);
        }
        assertThat(artifact(request, "link-to-folder/secret").status()).isEqualTo(404);
        assertThat(artifact(request, "folder").status()).isEqualTo(404);
        assertThat(artifact(request, "sub/good.txt").body()).isEqualTo("fine");
    }

    @Test
    void what_is_planted_under_the_names_of_the_servers_files_changes_none_of_them() throws Exception {
        JsonNode status = end(
                "sh for name in .audit result bundle logs status.json .tmp input.json; do rm -rf $name;" + " ln -s '"
                        + outside + "' $name; done",
                "say working",
                ANSWER);

        String request = status.get("request_id").stringValue();
        Path run = run(status);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(api.stdout(request)).contains("working");
        for (String own :
                List.of(".audit/stdout.1.log", ".audit/fs-diff.1.json", "result/result.json", "status.json")) {
            assertThat(run.resolve(own)).as(own).isRegularFile();
        }
        assertThat(outside.toFile().list()).containsExactly("secret");
    }

    @Test
    void a_folder_of_artifacts_that_became_a_link_serves_nothing() {
        JsonNode status = end("sh rm -rf artifacts; ln -s '" + outside + "' artifacts", ANSWER);

        String request = status.get("request_id").stringValue();
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("artifacts").toString()).isEqualTo("[]");
        assertThat(artifact(request, "secret").status()).isEqualTo(404);
    }

    @Test
    void an_agent_that_replaces_its_workspace_harms_its_own_run_only() throws Exception {
        Path precious = Files.createDirectories(home.resolve("precious/.tmp"));
        JsonNode status = end(
                "sh cd ..; rm -rf workspace; ln -s '" + precious.getParent() + "' workspace", "say still here", ANSWER);

        String request = status.get("request_id").stringValue();
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("artifacts").toString()).isEqualTo("[]");
        assertThat(api.stdout(request)).contains("still here");
        assertThat(precious).exists();
        assertThat(end(ANSWER).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void more_files_than_are_listed_are_told_and_each_can_be_fetched() {
        JsonNode status = end("sh cd artifacts; seq 20500 | xargs touch; echo last > zzz", ANSWER);

        String request = status.get("request_id").stringValue();
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(status.get("warnings").toString()).isEqualTo("[\"ARTIFACTS_TRUNCATED\"]");
        JsonNode listed = api.get("/v1/jobs/" + request + "/artifacts").json();
        assertThat(listed.get("artifacts").size()).isEqualTo(20_000);
        assertThat(listed.get("truncated").booleanValue()).isTrue();
        assertThat(api.result(request).get("artifacts").size()).isEqualTo(20_000);
        assertThat(artifact(request, "zzz").body()).isEqualTo("last\n");
        assertThat(api.get("/ui/runs/" + request).status()).isEqualTo(200);
    }

    @Test
    void a_run_of_an_earlier_release_is_still_read() throws Exception {
        JsonNode status = end("artifact old.txt kept", "say said", ANSWER);
        String request = status.get("request_id").stringValue();
        asAnEarlierReleaseLeftIt(run(status));

        assertThat(artifact(request, "old.txt").body()).isEqualTo("kept");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts").body()).contains("artifacts/old.txt");
        assertThat(api.result(request).get("status").stringValue()).isEqualTo("success");
        assertThat(api.stdout(request)).contains("said");
    }

    private static void asAnEarlierReleaseLeftIt(Path run) throws IOException {
        Path workspace = run.resolve("workspace");
        for (String name : workspace.toFile().list()) {
            Files.move(workspace.resolve(name), run.resolve(name));
        }
        Files.delete(workspace);
    }

    private ApiClient.Answer artifact(String request, String path) {
        return api.get("/v1/jobs/" + request + "/artifacts/artifacts/" + path);
    }

    private JsonNode end(String... directives) {
        return api.awaitEnd(api.create(TestSkill.job(directives)));
    }

    private Path run(JsonNode status) {
        return home.resolve("data/runs").resolve(status.get("run_id").stringValue());
    }
}
