package skillrunner.acceptance;

import java.net.URLEncoder;
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
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Links, pipes, devices and huge files among the installed skills, whose folder the operator has linked into its place. */
class HostileSkillsIT {
    private static final String SKILLS = "/v1/management/skills/";

    @TempDir
    private Path home;

    @Test
    void whatever_is_planted_among_the_skills_shows_nothing_and_hides_no_skill() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
        TestSkill.install(home, "piped", EngineId.BUILT_IN);
        Path skills = home.resolve("data/skills");
        Path outside = Files.createDirectory(home.resolve("outside"));
        HostileFamily.plant(skills, outside);
        HostileFamily.plant(Files.createDirectory(skills.resolve(TestSkill.ID).resolve("extra")), outside);
        Path schema = skills.resolve("piped/assets/input.schema.json");
        Files.delete(schema);
        Files.move(skills.resolve("pipe"), schema);
        Path linked = Files.createSymbolicLink(home.resolve("linked"), skills);
        try (RunningServer server = RunningServer.start(home, Map.of("SKILL_RUNNER_SKILLS_DIR", linked.toString()))) {
            ApiClient api = server.client();

            assertThat(api.get("/v1/skills").body()).contains(TestSkill.ID).doesNotContain("piped");
            JsonNode listed = api.get("/v1/management/skills").json();
            assertThat(listed.toString()).contains("piped", TestSkill.ID).doesNotContain("hard-link", "loop");
            assertThat(api.get(SKILLS + "piped").json().get("health").stringValue())
                    .isEqualTo("degraded");
            assertThat(api.get(SKILLS + "piped/files").status()).isEqualTo(200);
            for (String name : HostileFamily.BAD) {
                ApiClient.Answer shown = api.get(SKILLS + TestSkill.ID + "/file?path="
                        + URLEncoder.encode("extra/" + name, StandardCharsets.UTF_8));
                assertThat(shown.status()).as(name).isIn(400, 404);
                assertThat(shown.body()).as(name).doesNotContain(HostileFamily.SECRET);
            }
            String request = api.create(TestSkill.job(
                    "sh ls .codex/skills/scripted/extra > artifacts/copied", "answer {\"status\": \"ok\"}"));
            JsonNode ended = api.awaitEnd(request);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            List<String> copied = api.get("/v1/jobs/" + request + "/artifacts/artifacts/copied")
                    .body()
                    .lines()
                    .toList();
            assertThat(copied)
                    .contains("-rf")
                    .doesNotContainAnyElementsOf(HostileFamily.BAD)
                    .doesNotContain("sparse");
        }
    }
}
