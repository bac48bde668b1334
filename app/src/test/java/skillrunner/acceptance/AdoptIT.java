package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Skills that were written for an agent and not for this product: adopted, run, shown. */
class AdoptIT {
    private static final String TEXT = "---\nname: Note Keeper\ndescription: Keeps notes.\n---\n# Notes\n";

    @TempDir
    private Path home;

    @Test
    void a_plain_skill_is_adopted_and_runs_with_files_of_any_name() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        byte[] zip = plain("repo-main", TEXT);
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            assertThat(api.installed(zip).get("status").stringValue()).isEqualTo("failed");

            JsonNode installed = adopted(api, zip);
            JsonNode again = adopted(api, zip);

            assertThat(installed.get("skill_id").stringValue()).isEqualTo("note-keeper");
            assertThat(installed.get("version").stringValue()).isEqualTo("0.1.0");
            assertThat(again.get("status").stringValue()).isEqualTo("failed");
            assertThat(again.get("error").stringValue()).contains("strictly higher version");
            assertThat(home.resolve("data/skills/note-keeper/SKILL.md")).hasContent(TEXT);

            String request = api.create(Map.of(
                    "skill_id",
                    "note-keeper",
                    "input",
                    Map.of(
                            "prompt",
                            "Keep this.\n@cli artifact any/name.txt kept\n@cli answer {\"answer\": \"It is *kept*.\"}\n"),
                    "await_upload",
                    true));
            assertThat(api.upload(request, Map.of("what ever.csv", "a,b")).status())
                    .isEqualTo(200);

            JsonNode ended = api.awaitEnd(request);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(api.result(request).get("data").toString()).isEqualTo("{\"answer\":\"It is *kept*.\"}");
            assertThat(api.get("/v1/jobs/" + request + "/artifacts")
                            .json()
                            .get("artifacts")
                            .toString())
                    .isEqualTo("[\"artifacts/any/name.txt\"]");
            assertThat(api.get("/v1/jobs/" + request + "/logs")
                            .json()
                            .get("prompt")
                            .stringValue())
                    .contains("prompt: Keep this.", "what ever.csv: /", "/uploads/what ever.csv");
            assertThat(api.post("/v1/jobs", Map.of("skill_id", "note-keeper")).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_folder_among_the_skills_is_adopted_where_it_lies() throws Exception {
        Path folder = home.resolve("data/skills/plain-one");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("SKILL.md"), "---\nname: plain-one\n---\n# One\n");
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            JsonNode before = skill(api, "plain-one");
            assertThat(before.get("health").stringValue()).isEqualTo("degraded");
            assertThat(before.get("adoptable").booleanValue()).isTrue();

            ApiClient.Answer answer = api.post("/v1/management/skills/plain-one/adopt");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            api.awaitInstall(answer.json().get("request_id").stringValue());

            JsonNode after = skill(api, "plain-one");
            assertThat(after.get("health").stringValue()).isEqualTo("healthy");
            assertThat(after.get("adoptable").booleanValue()).isFalse();
            assertThat(api.post("/v1/management/skills/plain-one/adopt").status())
                    .isEqualTo(400);
            assertThat(api.post("/v1/management/skills/absent/adopt").status()).isEqualTo(404);
        }
    }

    private static JsonNode skill(ApiClient api, String id) {
        return api.get("/v1/management/skills/" + id).json();
    }

    private static byte[] plain(String folder, String text) throws IOException {
        return TestPackage.of("x", "1.0.0")
                .without("assets/runner.json")
                .without("assets/input.schema.json")
                .without("assets/parameter.schema.json")
                .without("assets/output.schema.json")
                .file("SKILL.md", text)
                .inFolder(folder)
                .zip();
    }

    private static JsonNode adopted(ApiClient api, byte[] zip) throws IOException {
        ApiClient.Answer answer = api.send("/v1/skill-packages/install?adopt=true", "file", zip);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return api.awaitInstall(answer.json().get("request_id").stringValue());
    }
}
