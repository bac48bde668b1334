package skillrunner.browser;

import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The form that starts a run, on a skill with every kind of field. */
class RunFormIT extends ScriptedPages {
    private static final String FORM = "/ui/skills/fields/run";
    private static final Pattern RUN = Pattern.compile("/ui/runs/([0-9a-f-]{36})$");

    @Override
    void prepare() throws IOException {
        TestSkill.install(home, "fields", List.of(EngineId.CODEX));
        Path assets = home.resolve("data/skills/fields/assets");
        Files.writeString(
                assets.resolve("input.schema.json"),
                """
                {"type": "object", "required": ["topic", "paper"], "properties": {
                  "topic": {"type": "string", "title": "Topic", "minLength": 3, "x-input-source": "inline"},
                  "language": {"enum": ["zh", "en"], "default": "en", "x-input-source": "inline"},
                  "count": {"type": "integer", "minimum": 1, "maximum": 10, "x-input-source": "inline"},
                  "ratio": {"type": "number", "x-input-source": "inline"},
                  "loud": {"type": "boolean", "x-input-source": "inline"},
                  "tags": {"type": "array", "items": {"type": "string"}, "x-input-source": "inline"},
                  "kinds": {"type": "array", "uniqueItems": true, "items": {"enum": ["a", "b"]}, "x-input-source": "inline"},
                  "author": {"type": "object", "required": ["name"], "x-input-source": "inline",
                    "properties": {"name": {"type": "string"}, "born": {"type": "string", "format": "date"}}},
                  "free": {"anyOf": [{"type": "string"}, {"type": "object"}], "x-input-source": "inline"},
                  "even": {"type": "integer", "multipleOf": 2, "x-input-source": "inline"},
                  "paper": {"type": "string", "x-input-source": "file"},
                  "notes": {"type": "string", "x-input-source": "file"}}}
                """);
        Files.writeString(
                assets.resolve("parameter.schema.json"),
                """
                {"type": "object", "properties": {
                  "script": {"type": "string"},
                  "code": {"type": "string", "pattern": "^[A-Z]{2}-\\\\d+$"},
                  "trap": {"type": "string", "pattern": "^(a+)+$"},
                  "people": {"type": "array", "items": {"$ref": "#/definitions/person"}}},
                 "definitions": {"person": {"type": "object", "required": ["name"],
                   "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}}}
                """);
        TestSkill.install(home);
        Path opencode = home.resolve("cache/npm/bin/opencode");
        Files.writeString(
                opencode,
                Files.readString(opencode)
                        .replace(
                                "#!/bin/sh\n",
                                "#!/bin/sh\n[ \"$1\" = models ] && echo anthropic/claude && echo openai/gpt-5 && exit 0\n"));
    }

    @Test
    void what_is_typed_into_fields_of_every_kind_arrives_with_its_files() throws IOException {
        try (Visit visit = browser.visit(server.port())) {
            visit.open(FORM);
            field(visit, "Topic").fill("skills");
            field(visit, "count").fill("4");
            field(visit, "ratio").fill("0.5");
            field(visit, "loud").selectOption("yes");
            visit.at("fieldset:has(> legend > span:text-is(\"tags\")) button:text-is(\"Add\")")
                    .click();
            visit.at("fieldset:has(> legend > span:text-is(\"tags\")) textarea").fill("one");
            visit.at("fieldset:has(> legend > span:text-is(\"kinds\")) input >> nth=1")
                    .check();
            field(visit, "name").fill("Ada");
            field(visit, "born").fill("1815-12-10");
            field(visit, "free").fill("{\"a\": [1]}");
            visit.at("#file-paper").setInputFiles(payload("any.pdf", "the paper"));
            field(visit, "script")
                    .fill("@cli sh cat uploads/paper >artifacts/copy\n@cli answer {\"status\": \"fine\"}");
            assertThat(visit.at("#curl")).containsText("\"topic\": \"skills\"");
            visit.assertAccessibleInBothThemes();

            visit.at("#start").click();

            visit.page().waitForURL(RUN);
            String request = RUN.matcher(visit.page().url())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
            JsonNode asked = JsonMapper.builder()
                    .build()
                    .readTree(api.get("/v1/management/runs/" + request).body())
                    .get("request");
            assertThat(asked.get("input").toString())
                    .isEqualTo("{\"topic\":\"skills\",\"language\":\"en\",\"count\":4,\"ratio\":0.5,\"loud\":true,"
                            + "\"tags\":[\"one\"],\"kinds\":[\"b\"],\"author\":{\"name\":\"Ada\",\"born\":\"1815-12-10\"},"
                            + "\"free\":{\"a\":[1]}}");
            assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/copy")
                            .body())
                    .isEqualTo("the paper");

            visit.open(FORM + "?from=" + request);
            assertThat(field(visit, "Topic")).hasValue("skills");
            assertThat(field(visit, "name")).hasValue("Ada");
            assertThat(visit.at("#file-paper")).hasValue("");
        }
    }

    @Test
    void what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_sent() throws IOException {
        int before = runs();
        try (Visit visit = browser.visit(server.port())) {
            visit.open(FORM);
            field(visit, "Topic").fill("ab");
            field(visit, "count").fill("11");
            field(visit, "even").fill("12345678901234567890");
            field(visit, "ratio").fill("1e999");
            field(visit, "free").fill("{");
            visit.at("#start").click();

            assertThat(error(visit, "Topic")).containsText("at least 3 characters");
            assertThat(error(visit, "count")).containsText("at most 10");
            assertThat(error(visit, "even")).containsText("exactly");
            assertThat(error(visit, "ratio")).containsText("exactly");
            assertThat(error(visit, "free")).containsText("JSON");
            assertThat(visit.at("#fields-files .field-error >> nth=0")).hasText("Needed");
            visit.assertAccessibleInBothThemes();
        }
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void each_engine_offers_its_provider_and_a_model_is_named_as_the_engine_takes_it() {
        await().until(() ->
                api.get("/v1/engines/opencode/models").json().get("models").size() == 2);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/skills/" + TestSkill.ID + "/run");
            for (Map.Entry<String, String> one : Map.of("codex", "openai", "gemini", "google", "iflow", "iflowcn")
                    .entrySet()) {
                visit.at("#engine").selectOption(one.getKey());
                assertThat(visit.at("#provider option")).hasText(new String[] {one.getValue()});
                assertThat(visit.at("#curl")).not().containsText("\"model\"");
            }

            visit.at("#engine").selectOption("codex");
            visit.at("#model").selectOption("gpt-5.2");
            visit.at("#effort").selectOption("high");
            assertThat(visit.at("#curl")).containsText("\"model\": \"gpt-5.2@high\"");

            visit.at("#engine").selectOption("opencode");
            assertThat(visit.at("#curl")).not().containsText("\"model\"");
            visit.at("#provider").selectOption("anthropic");
            assertThat(visit.at("#model option:text-is(\"claude\")")).hasCount(1);
            assertThat(visit.at("#model option[value^='openai/']")).hasCount(0);
            visit.at("#model").selectOption("anthropic/claude");
            assertThat(visit.at("#curl")).containsText("\"model\": \"anthropic/claude\"");
            visit.at("#provider").selectOption("openai");
            assertThat(visit.at("#model option[value^='anthropic/']")).hasCount(0);
            assertThat(visit.at("#curl")).not().containsText("anthropic");
        }
    }

    @Test
    void what_a_field_takes_is_said_in_the_readers_language() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open(FORM);
            assertThat(visit.at("#section-input")).containsText("至少 3 个字符");
            assertThat(visit.at("#section-input")).containsText("不小于 1 · 不大于 10");
            field(visit, "count").fill("11");
            visit.at("#explain").click();
            assertThat(visit.at("#explained")).isVisible();
            assertThat(error(visit, "count")).hasText("不小于 1 · 不大于 10");
            assertThat(error(visit, "Topic")).hasText("必填");
            assertThat(visit.at("#explained-facts")).containsText("同时运行");
            assertThat(visit.at("#explained-facts")).containsText("托管安装");
            assertThat(visit.at("#explained-facts")).not().containsText("null");
        }
    }

    /** A browser has no budget for patterns: what may take for ever is left to the server, which has. */
    @Test
    void a_pattern_that_explodes_keeps_nobody_from_the_page() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open(FORM);
            field(visit, "code").fill("no");
            field(visit, "trap").fill("a".repeat(60) + "!");

            visit.at("#explain").click();

            assertThat(error(visit, "code")).hasText("like ^[A-Z]{2}-\\d+$");
            assertThat(error(visit, "trap")).containsText("^(a+)+$");
        }
    }

    @Test
    void what_only_the_server_can_judge_is_said_at_its_field_as_well() throws IOException {
        int before = runs();
        try (Visit visit = browser.visit(server.port())) {
            visit.open(FORM);
            field(visit, "Topic").fill("skills");
            field(visit, "even").fill("3");
            visit.at("#file-paper").setInputFiles(payload("any.pdf", "the paper"));
            visit.at("#start").click();

            assertThat(visit.at("#form-state")).isVisible();
            assertThat(visit.at(".field-error:visible, #form-state.note-error >> nth=0"))
                    .not()
                    .isEmpty();
        }
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void what_would_happen_is_told_without_starting_anything() throws IOException {
        int before = runs();
        try (Visit visit = browser.visit(server.port())) {
            visit.open(FORM);
            field(visit, "Topic").fill("skills");
            field(visit, "script").fill("say this is the prompt");
            visit.at("#file-paper").setInputFiles(payload("any.pdf", "the paper"));
            visit.at("#explain").click();

            assertThat(visit.at("#explained")).isVisible();
            assertThat(visit.at("#explained-command")).containsText("codex");
            assertThat(visit.at("#explained-prompt")).containsText("this is the prompt");
            visit.assertAccessibleInBothThemes();
        }
        assertThat(runs()).isEqualTo(before);
    }

    private int runs() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(api.get("/v1/management/runs").body())
                .get("runs")
                .size();
    }

    private static com.microsoft.playwright.Locator field(Visit visit, String label) {
        return visit.at(".form-field:has(> label > span:first-child:text-is(\"" + label + "\"))")
                .locator("input, select, textarea")
                .first();
    }

    private static com.microsoft.playwright.Locator error(Visit visit, String label) {
        return visit.at(".form-field:has(> label > span:first-child:text-is(\"" + label + "\")) > .field-error");
    }

    private static FilePayload payload(String name, String text) {
        return new FilePayload(name, "application/octet-stream", text.getBytes(StandardCharsets.UTF_8));
    }
}
