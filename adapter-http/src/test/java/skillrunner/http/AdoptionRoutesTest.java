package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Making packages of plain skills, over HTTP and by the pages. */
class AdoptionRoutesTest extends HttpTestBed {
    private static final String INSTALL = "/v1/skill-packages/install";

    AdoptionRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_plain_skill_is_installed_only_if_the_request_says_so() throws Exception {
        assertThat(ended(upload(INSTALL, "file", "word-count")).get("status").stringValue())
                .isEqualTo("failed");
        assertThat(ended(upload(INSTALL + "?adopt=false", "file", "word-count"))
                        .get("status")
                        .stringValue())
                .isEqualTo("failed");

        JsonNode adopted = ended(upload(INSTALL + "?adopt=true", "file", "word-count"));

        assertThat(adopted.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(adopted.get("version").stringValue()).isEqualTo("0.1.0");
    }

    @Test
    void the_switch_may_be_a_field_of_the_form() throws Exception {
        HttpResponse<String> answer = send(
                "POST",
                INSTALL,
                "--b\r\nContent-Disposition: form-data; name=\"adopt\"\r\n\r\ntrue\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\nword-count\r\n--b--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=b");

        assertThat(ended(answer).get("status").stringValue()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "", "1"})
    void a_switch_that_is_none_is_refused(String value) throws Exception {
        HttpResponse<String> answer = upload(INSTALL + "?adopt=" + value, "file", "word-count");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("/adopt");
    }

    @Test
    void a_plain_folder_is_shown_as_one_and_adopted_by_its_route_and_its_button() throws Exception {
        catalogue.put(SkillEntries.plain("word-count"));
        catalogue.put(SkillEntries.degraded("broken", "runner.json is broken"));

        JsonNode skills = json(get("/v1/management/skills").body()).get("skills");
        assertThat(skills)
                .filteredOn(skill -> skill.get("adoptable").booleanValue())
                .extracting(skill -> skill.get("id").stringValue())
                .containsExactly("word-count");
        assertThat(get("/ui").body())
                .contains("action=\"/ui/skills/word-count/adopt\"")
                .doesNotContain("/ui/skills/broken/adopt");

        assertThat(ended(post("/v1/management/skills/word-count/adopt", ""))
                        .get("status")
                        .stringValue())
                .isEqualTo("succeeded");
        HttpResponse<String> page =
                send("POST", "/ui/skills/word-count/adopt", "", "Accept", "text/html", "Sec-Fetch-Site", "same-origin");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("id=\"install-status\"", "<html");
    }

    @Test
    void what_is_no_plain_skill_is_refused() throws Exception {
        catalogue.put(SkillEntries.degraded("broken", "runner.json is broken"));

        HttpResponse<String> broken = post("/v1/management/skills/broken/adopt", "");

        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(json(broken.body()).get("code").stringValue()).isEqualTo("PACKAGE_INVALID");
        assertThat(post("/v1/management/skills/absent/adopt", "").statusCode()).isEqualTo(404);
    }

    private JsonNode ended(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        installing.runAll();
        return json(get("/v1/skill-packages/"
                        + json(answer.body()).get("request_id").stringValue())
                .body());
    }
}
