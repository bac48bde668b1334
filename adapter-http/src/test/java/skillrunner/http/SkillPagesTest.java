package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.skill.SchemaKind;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class SkillPagesTest extends HttpTestBed {
    private static final String TABLE = "/ui/management/skills/table";

    SkillPagesTest(@TempDir Path temporary) {
        super(temporary);
        folder.holds(new FileTree(
                List.of(
                        new FileEntry("assets", "assets", true, 0),
                        new FileEntry("assets/deep", "deep", true, 1),
                        new FileEntry("assets/deep/x #1.txt", "x #1.txt", false, 2),
                        new FileEntry("assets/a.json", "a.json", false, 1),
                        new FileEntry("empty", "empty", true, 0),
                        new FileEntry("SKILL.md", "SKILL.md", false, 0)),
                false));
        folder.put("SKILL.md", FilePreview.text("# Demo </pre><script>alert(1)</script>", 38, "utf-8"));
        folder.put("photo.png", FilePreview.binary(9));
        folder.put("large.txt", FilePreview.tooLarge(300_000));
    }

    @Test
    void home_shows_the_skills_or_how_to_get_one() throws Exception {
        assertThat(get("/ui").body()).contains("No skills yet", "aria-current=\"page\">Skills</a>");
        catalogue.put(healthy("Shows <b>things</b>"));
        catalogue.put(degraded("plain"));

        String page = get("/ui").body();

        assertThat(page)
                .contains("href=\"/ui/skills/demo\"", "Shows &lt;b&gt;things", "1.0.0", "codex", "Healthy")
                .contains("Degraded", "assets/runner.json is missing")
                .contains("href=\"/ui/runs\"")
                .doesNotContain("<b>things");
    }

    @Test
    void the_form_knows_the_engines_and_modes_of_its_skill_and_leaves_the_fields_to_the_browser() throws Exception {
        catalogue.put(healthy("Shows <b>things</b>"));

        HttpResponse<String> page = get("/ui/skills/demo/run?from=00000000-0000-4000-8000-000000000001");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("data-skill=\"demo\"", "data-from=\"00000000-0000-4000-8000-000000000001\"")
                .contains("<option value=\"codex\">codex</option>", "<option value=\"auto\">")
                .contains("/run-form.js", "<noscript>")
                .doesNotContain("<b>things");
        assertThat(get("/ui/skills/demo").body()).contains("href=\"/ui/skills/demo/run\"");
    }

    @Test
    void a_form_is_filled_from_nothing_but_a_request() throws Exception {
        catalogue.put(healthy("Shows"));

        assertThat(get("/ui/skills/demo/run?from=%22%3E%3Cscript%3E").body())
                .contains("data-from=\"\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_skill_that_can_t_be_run_has_no_form() throws Exception {
        catalogue.put(degraded("plain"));

        assertThat(get("/ui/skills/plain/run").statusCode()).isEqualTo(409);
        assertThat(get("/ui/skills/absent/run").statusCode()).isEqualTo(404);
        assertThat(get("/ui/skills/plain").body()).doesNotContain("/ui/skills/plain/run");
        assertThat(get("/ui").body()).doesNotContain("/ui/skills/plain/run");
    }

    @Test
    void the_table_alone_marks_the_skill_that_was_asked_for() throws Exception {
        catalogue.put(healthy("Shows"));
        catalogue.put(degraded("plain"));

        assertThat(get(TABLE).body()).doesNotContain("<html", "row-new");
        assertThat(get(TABLE + "?highlight_skill_id=demo").body())
                .containsOnlyOnce("row-new")
                .contains("data-skill=\"demo\" class=\"row-new\"", "just installed");
        assertThat(get(TABLE + "?highlight_skill_id=%3Cb%3E").body()).doesNotContain("row-new", "<b>");
    }

    @Test
    void the_old_address_of_the_table_works_and_names_the_new_one() throws Exception {
        catalogue.put(healthy("Shows"));

        HttpResponse<String> old = get("/ui/skills/table?highlight_skill_id=demo");

        assertThat(old.statusCode()).isEqualTo(200);
        assertThat(old.headers().firstValue("Deprecation")).hasValue("true");
        assertThat(old.headers().firstValue("Link").orElseThrow()).contains("<" + TABLE + ">");
        assertThat(old.body()).contains("row-new").doesNotContain("<html");
    }

    @Test
    void a_skill_shows_facts_schemas_files_and_its_instructions() throws Exception {
        catalogue.put(healthy("Shows"));

        String page = get("/ui/skills/demo").body();

        assertThat(page)
                .contains(
                        "<title>Demo · Skill Runner</title>", "Shows", "Ruled-out engines", "iflow", "2026-11-22 08:30")
                .contains("href=\"/ui/skills/demo?path=assets%2Fdeep%2Fx%20%231.txt#preview\"")
                .contains("hx-get=\"/ui/skills/demo/view?path=SKILL.md\"")
                .contains("# Demo &lt;/pre&gt;&lt;script&gt;", "38 bytes · UTF-8")
                .contains(
                        "<code>topic</code>",
                        "What about: the topic",
                        "a | b",
                        "default 7",
                        "<code>list[].inner</code>")
                .contains("array&lt;object&gt;")
                .doesNotContain("<script>alert", SkillEntries.SECRET);
    }

    @Test
    void a_file_is_chosen_by_the_address_alone() throws Exception {
        catalogue.put(healthy("Shows"));
        folder.put("assets/deep/x #1.txt", FilePreview.text("deep down", 9, "big5"));

        assertThat(get("/ui/skills/demo?path=assets%2Fdeep%2Fx%20%231.txt").body())
                .contains("deep down", "BIG5", "aria-current=\"true\">x #1.txt");
        assertThat(get("/ui/skills/demo?path=none").statusCode()).isEqualTo(404);
    }

    @Test
    void a_damaged_skill_says_what_is_wrong() throws Exception {
        catalogue.put(degraded("plain"));
        folder.holds(new FileTree(List.of(), true));

        assertThat(get("/ui/skills/plain").body())
                .contains(
                        "Why this skill can’t be run", "assets/runner.json is missing", "Choose a file", "more files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/skills/unknown", "/ui/skills/unknown/view?path=SKILL.md"})
    void an_unknown_skill_is_a_page_that_says_so(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("There is no such skill", "SKILL_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({"photo.png,不可预览（无信息）,binary", "large.txt,文件过大不可预览,too_large", "SKILL.md,# Demo &lt;/pre&gt;,text"})
    void a_preview_is_a_part_of_a_page_in_the_readers_language(String path, String shown, String mode)
            throws Exception {
        catalogue.put(healthy("Shows"));

        HttpResponse<String> part = send("GET", "/ui/skills/demo/view?path=" + path, "", "Accept-Language", "zh-CN");

        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(part.body())
                .contains(shown, "data-mode=\"" + mode + "\"", path)
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({"'',400", "?path=,400", "?path=..%2Fa,400", "?path=none,404"})
    void a_preview_of_no_file_is_refused_as_a_part_or_as_a_page(String query, int status) throws Exception {
        catalogue.put(healthy("Shows"));

        HttpResponse<String> page = get("/ui/skills/demo/view" + query);
        HttpResponse<String> part = send("GET", "/ui/skills/demo/view" + query, "", "HX-Request", "true");

        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.body()).contains("<html");
        assertThat(part.statusCode()).isEqualTo(status);
        assertThat(part.body()).contains("class=\"refusal\"").doesNotContain("<html");
    }

    @Test
    void a_name_that_is_no_id_is_encoded_in_links() throws Exception {
        catalogue.put(degraded("My \"demo\""));

        assertThat(get("/ui").body()).contains("href=\"/ui/skills/My%20%22demo%22\"");
        assertThat(get("/ui/skills/My%20%22demo%22").statusCode()).isEqualTo(200);
    }

    private static SkillEntry healthy(String description) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "topic",
                Map.of(
                        "type", "string",
                        "title", "What about",
                        "description", "the topic",
                        "x-input-source", "inline",
                        "enum", List.of("a", "b"),
                        "default", 7));
        properties.put(
                "list",
                Map.of(
                        "type",
                        "array",
                        "items",
                        Map.of("type", "object", "properties", Map.of("inner", Map.of("type", "null")))));
        return SkillEntries.healthy(
                description,
                Map.of(
                        SchemaKind.INPUT,
                        Map.of("properties", properties, "required", List.of("topic")),
                        SchemaKind.PARAMETER,
                        Map.of("type", "object")));
    }

    private static SkillEntry degraded(String id) {
        return SkillEntries.degraded(id, "assets/runner.json is missing");
    }
}
