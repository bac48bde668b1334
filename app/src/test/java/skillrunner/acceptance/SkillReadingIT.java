package skillrunner.acceptance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Looking into installed skills over the API, with what may lie in their folders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkillReadingIT {
    private static final String SKILL = "/v1/management/skills/" + TestSkill.ID;

    private Path folder = Path.of("");
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        TestSkill.install(home);
        folder = home.resolve("data/skills").resolve(TestSkill.ID);
        server = RunningServer.start(home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_schema_that_is_gone_degrades_the_skill_until_it_is_back() throws Exception {
        Path schema = folder.resolve("assets/output.schema.json");
        String content = Files.readString(schema);
        assertThat(api.get(SKILL + "/schemas").status()).isEqualTo(200);
        Files.delete(schema);
        try {
            JsonNode skill = api.get(SKILL).json();
            assertThat(skill.get("health").stringValue()).isEqualTo("degraded");
            assertThat(skill.toString()).contains("output.schema.json");
            ApiClient.Answer schemas = api.get(SKILL + "/schemas");
            assertThat(schemas.status()).isEqualTo(409);
            assertThat(schemas.json().get("code").stringValue()).isEqualTo("SKILL_DEGRADED");
            assertThat(api.get("/v1/skills/" + TestSkill.ID).status()).isEqualTo(404);
        } finally {
            Files.writeString(schema, content);
        }
        assertThat(api.get(SKILL).json().get("health").stringValue()).isEqualTo("healthy");
    }

    @ParameterizedTest
    @CsvSource({"262143, text", "262144, text", "262145, too_large"})
    void a_file_is_shown_up_to_a_size(int size, String mode) throws Exception {
        Files.writeString(folder.resolve("sized.txt"), "x".repeat(size));

        JsonNode preview = preview("sized.txt");

        assertThat(preview.get("mode").stringValue()).isEqualTo(mode);
        assertThat(preview.get("content").isNull()).isEqualTo(mode.equals("too_large"));
        assertThat(preview.get("size").intValue()).isEqualTo(size);
    }

    @Test
    void a_zero_byte_makes_a_file_binary_and_chinese_texts_are_read() throws Exception {
        Files.write(folder.resolve("data.bin"), new byte[] {'a', 0, 'b'});
        Files.write(folder.resolve("old.txt"), "技能说明，中文文本".getBytes(Charset.forName("GB18030")));

        assertThat(preview("data.bin").get("mode").stringValue()).isEqualTo("binary");
        assertThat(preview("data.bin").get("content").isNull()).isTrue();
        assertThat(preview("old.txt").get("content").stringValue()).isEqualTo("技能说明，中文文本");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secret", "/etc/passwd", "assets/../../../secret", "outside", "..", "", "\0"})
    void a_path_that_leads_outside_is_refused(String path) throws Exception {
        Files.writeString(folder.resolveSibling("secret"), "secret");
        if (!Files.isSymbolicLink(folder.resolve("outside"))) {
            Files.createSymbolicLink(folder.resolve("outside"), folder.resolveSibling("secret"));
        }

        ApiClient.Answer answer = file(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("\"content\"");
    }

    @Test
    void what_is_no_file_is_not_found_and_a_path_is_needed() {
        assertThat(file("assets").status()).isEqualTo(404);
        assertThat(file("nothing.txt").status()).isEqualTo(404);
        assertThat(api.get(SKILL + "/file").status()).isEqualTo(400);
        assertThat(api.get("/v1/management/skills/nobody/file?path=SKILL.md").status())
                .isEqualTo(404);
    }

    private JsonNode preview(String path) {
        return file(path).json().get("preview");
    }

    private ApiClient.Answer file(String path) {
        return api.get(SKILL + "/file?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }
}
