package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.domain.skill.SchemaKind;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SkillManagementRoutesTest extends HttpTestBed {
    private static final String SKILLS = "/v1/management/skills";

    SkillManagementRoutesTest(@TempDir Path temporary) {
        super(temporary);
        catalogue.put(SkillEntries.healthy("Shows", Map.of(SchemaKind.INPUT, Map.of("type", "object"))));
        catalogue.put(SkillEntries.degraded("plain", "assets/runner.json is missing", "its folder can't be read"));
        folder.holds(new FileTree(
                List.of(
                        new FileEntry("assets", "assets", true, 0),
                        new FileEntry("assets/runner.json", "runner.json", false, 1)),
                false));
        folder.put("SKILL.md", FilePreview.text("# Demo", 6, "utf-8"));
        folder.put("photo.png", FilePreview.binary(9));
    }

    @Test
    void the_list_shows_every_skill_with_its_health() throws Exception {
        JsonNode skills = json(get(SKILLS).body()).get("skills");

        assertThat(skills.size()).isEqualTo(2);
        assertThat(skills.get(0))
                .isEqualTo(
                        json(
                                """
                        {"id":"demo","name":"Demo","description":"Shows","version":"1.0.0","engines":["codex"],
                         "unsupport_engine":["iflow"],"unsupported_engines":["iflow"],"effective_engines":["codex"],
                         "execution_modes":["auto"],"installed_at":"2026-11-22T08:30:00.123456Z",
                         "health":"healthy","health_error":null,"adoptable":false}"""));
        assertThat(skills.get(1))
                .isEqualTo(
                        json(
                                """
                        {"id":"plain","name":"plain","description":"Plain","version":null,"engines":[],
                         "unsupport_engine":[],"unsupported_engines":[],"effective_engines":[],"execution_modes":[],
                         "installed_at":"2026-11-22T08:30:00.123456Z","health":"degraded",
                         "health_error":"assets/runner.json is missing; its folder can't be read","adoptable":false}"""));
    }

    @Test
    void one_skill_has_schemas_entrypoints_and_files_beside_its_summary() throws Exception {
        JsonNode demo = json(get(SKILLS + "/demo").body());

        assertThat(demo.get("id").stringValue()).isEqualTo("demo");
        assertThat(demo.get("schemas")).isEqualTo(json("{\"input\":\"assets/input.schema.json\"}"));
        assertThat(demo.get("entrypoints")).isEqualTo(json("{}"));
        assertThat(demo.get("files"))
                .isEqualTo(
                        json(
                                """
                        [{"rel_path":"assets","name":"assets","is_dir":true,"depth":0},
                         {"rel_path":"assets/runner.json","name":"runner.json","is_dir":false,"depth":1}]"""));
        assertThat(json(get(SKILLS + "/plain").body()).get("schemas").isEmpty()).isTrue();
    }

    @Test
    void schemas_are_the_contents_or_null() throws Exception {
        assertThat(json(get(SKILLS + "/demo/schemas").body()))
                .isEqualTo(json(
                        "{\"skill_id\":\"demo\",\"input\":{\"type\":\"object\"},\"parameter\":null,\"output\":null}"));
    }

    @Test
    void schemas_of_a_degraded_skill_are_refused_with_the_reasons() throws Exception {
        HttpResponse<String> refused = get(SKILLS + "/plain/schemas");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused.body()).get("code").stringValue()).isEqualTo("SKILL_DEGRADED");
        assertThat(json(refused.body()).get("detail").stringValue()).contains("assets/runner.json is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/schemas", "/files", "/file?path=SKILL.md"})
    void an_unknown_skill_is_404_and_no_path_of_the_server_is_told(String part) throws Exception {
        for (String id : List.of("unknown", "..%2Fdemo", "%2Fetc")) {
            HttpResponse<String> refused = get(SKILLS + "/" + id + part);

            assertThat(refused.statusCode()).isIn(400, 404);
            assertThat(refused.body()).doesNotContain(SkillEntries.SECRET);
        }
        assertThat(json(get(SKILLS + "/unknown" + part).body()).get("code").stringValue())
                .isEqualTo("SKILL_NOT_FOUND");
    }

    @Test
    void files_are_listed_and_shown_in_the_shapes_of_runs() throws Exception {
        assertThat(json(get(SKILLS + "/demo/files").body()))
                .isEqualTo(
                        json(
                                """
                        {"skill_id":"demo","truncated":false,"entries":[
                         {"rel_path":"assets","name":"assets","is_dir":true,"depth":0},
                         {"rel_path":"assets/runner.json","name":"runner.json","is_dir":false,"depth":1}]}"""));
        assertThat(json(get(SKILLS + "/demo/file?path=SKILL.md").body()))
                .isEqualTo(
                        json(
                                """
                        {"skill_id":"demo","path":"SKILL.md","preview":
                         {"mode":"text","content":"# Demo","size":6,"meta":"6 bytes, utf-8"}}"""));
        assertThat(json(get(SKILLS + "/plain/file?path=photo.png").body()).get("preview"))
                .isEqualTo(json("{\"mode\":\"binary\",\"content\":null,\"size\":9,\"meta\":\"9 bytes\"}"));
    }

    @ParameterizedTest
    @CsvSource({"/file,400,PATH_INVALID", "/file?path=,400,PATH_INVALID", "/file?path=none,404,FILE_NOT_FOUND"})
    void a_path_that_names_no_file_is_refused(String part, int status, String code) throws Exception {
        HttpResponse<String> refused = get(SKILLS + "/demo" + part);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused.body()).get("code").stringValue()).isEqualTo(code);
    }
}
