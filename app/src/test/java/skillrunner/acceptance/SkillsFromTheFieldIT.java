package skillrunner.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Packages and answers as editors, archivers and models really make them, from the archive to the result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkillsFromTheFieldIT {
    private static final String OUTPUT =
            "{\"type\": \"object\", \"properties\": {\"status\": {\"type\": \"string\"}}, \"required\": [\"status\"]}";

    private final Path home;
    private final RunningServer server;
    private final ApiClient api;

    SkillsFromTheFieldIT(@TempDir Path home) throws IOException {
        this.home = home;
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        this.server = RunningServer.start(home, Map.of());
        this.api = server.client();
    }

    @BeforeAll
    void ready() {
        assertThat(api.get("/readyz").status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_package_that_a_windows_editor_wrote_is_installed_run_and_updated() throws IOException {
        for (String version : new String[] {"1.0.0", "1.1.0"}) {
            JsonNode ended = api.installed(TestPackage.of("marked", version)
                    .file("SKILL.md", "\uFEFF---\r\nname: marked\r\n---\r\n# Skill\r\n")
                    .file(
                            "assets/runner.json",
                            "\uFEFF{\"id\": \"marked\", \"version\": \"" + version
                                    + "\", \"execution_modes\": [\"auto\"],"
                                    + " \"entrypoint\": {\"prompts\": {\"common\": \"{{ parameter.script }}\"}}}")
                    .file("assets/output.schema.json", "\uFEFF" + OUTPUT)
                    .file(
                            "assets/parameter.schema.json",
                            "{\"$id\": \"./a/parameter.json\", \"type\": \"object\", \"properties\": {\"script\": {"
                                    + "\"type\": \"string\", \"default\": \"@cli answer {\\\"status\\\": \\\"by default\\\"}\"}}}")
                    .zip());
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.get("action").stringValue()).isEqualTo(version.equals("1.0.0") ? "install" : "update");
        }

        JsonNode status = api.awaitEnd(api.create(Map.of("skill_id", "marked", "engine", "codex")));

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        String request = status.get("request_id").stringValue();
        assertThat(api.result(request).get("data").get("status").stringValue()).isEqualTo("by default");
        Path copy = home.resolve("data/runs")
                .resolve(status.get("run_id").stringValue())
                .resolve("workspace/.codex/skills/marked/SKILL.md");
        assertThat(Files.readString(copy))
                .startsWith(
                        "---\nname: \"marked\"\ndescription: \"Does the task of the skill marked\"\n---\n# Skill\n");
    }

    @Test
    void the_files_of_an_archive_have_their_real_names_whatever_code_page_they_are_in() throws IOException {
        Map<String, byte[]> named = new LinkedHashMap<>();
        named.put("references/成功案例.md", "references/成功案例.md".getBytes(Charset.forName("Big5")));
        named.put("参考资料.md", "参考资料.md".getBytes(Charset.forName("GBK")));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            // One byte, one character, and back again.
            zip.setEncoding("ISO-8859-1");
            zip.setUseLanguageEncodingFlag(false);
            put(zip, "SKILL.md", "---\nname: legacy\n---\n");
            put(zip, "assets/runner.json", "{\"id\":\"legacy\",\"version\":\"1\",\"execution_modes\":[\"auto\"]}");
            for (String kind : new String[] {"input", "parameter", "output"}) {
                put(zip, "assets/" + kind + ".schema.json", "{\"type\": \"object\"}");
            }
            for (byte[] name : named.values()) {
                put(zip, new String(name, StandardCharsets.ISO_8859_1), "x");
            }
        }

        JsonNode ended = api.installed(archive.toByteArray());

        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        for (String name : named.keySet()) {
            assertThat(home.resolve("data/skills/legacy").resolve(name)).exists();
        }
    }

    @Test
    void what_is_wrong_is_told_with_its_line_and_column() throws IOException {
        assertThat(api.installed(TestPackage.of("colon", "1.0.0")
                                .file("SKILL.md", "---\nname: colon\ndescription: Two steps: look, then act\n---\n")
                                .zip())
                        .get("error")
                        .stringValue())
                .startsWith("SKILL.md:3:23: the front matter is not YAML: a colon stands in a text");
        assertThat(api.installed(TestPackage.of("comma", "1.0.0")
                                .file("assets/runner.json", "{\n  \"id\": \"comma\",\n}\n")
                                .zip())
                        .get("error")
                        .stringValue())
                .contains("assets/runner.json:3:1: invalid runner.json: there is a comma too many before '}'");
    }

    @Test
    void an_answer_that_was_cut_off_gives_none_of_its_rows_and_of_several_the_last_that_fits_wins() throws IOException {
        TestSkill.install(home);

        JsonNode cut = api.awaitEnd(api.create(TestSkill.job(
                "answer {\"status\":\"whole\",\"rows\":[{\"status\":\"row 1\"},{\"status\":\"row 2\"},{\"stat")));
        JsonNode last = api.awaitEnd(api.create(TestSkill.job(
                "answer Draft {\"status\":\"draft\"}, then {\"status\":\"final\"} as in {\"example\":1}")));

        assertThat(cut.get("status").stringValue()).isEqualTo("failed");
        assertThat(cut.get("error").get("code").stringValue()).isEqualTo("OUTPUT_VALIDATION_FAILED");
        String request = last.get("request_id").stringValue();
        assertThat(api.result(request).get("data").get("status").stringValue()).isEqualTo("final");
    }

    @Test
    void a_required_artifact_is_found_however_its_path_is_written() throws IOException {
        JsonNode ended = api.installed(TestPackage.of("dotted", "1.0.0")
                .file(
                        "assets/runner.json",
                        """
                        {"id": "dotted", "version": "1.0.0", "execution_modes": ["auto"],
                         "schemas": {"output": "./assets//output.schema.json"},
                         "artifacts": [{"role": "report", "pattern": "./report.txt", "required": true}],
                         "entrypoint": {"prompts": {"common":
                           "@cli artifact report.txt all is well\\n@cli answer {\\"status\\": \\"ok\\"}\\n"}}}
                        """)
                .file("assets/output.schema.json", OUTPUT)
                .zip());
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");

        JsonNode status = api.awaitEnd(api.create(Map.of("skill_id", "dotted", "engine", "codex")));

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.result(status.get("request_id").stringValue())
                        .get("artifacts")
                        .toString())
                .isEqualTo("[\"artifacts/report.txt\"]");
    }

    private static void put(ZipArchiveOutputStream zip, String name, String content) throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry("legacy/" + name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
    }
}
