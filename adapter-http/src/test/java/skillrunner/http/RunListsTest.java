package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of runs, for programs and as a page. */
class RunListsTest extends HttpTestBed {
    private static final String LIST = "/v1/management/runs";

    RunListsTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void cursors_lead_to_the_end_and_no_further() throws Exception {
        List<String> asked = List.of(ask("demo"), ask("demo"), ask("demo"));

        JsonNode first = list("?limit=2");
        JsonNode second = list("?limit=2&cursor=" + first.get("next_cursor").stringValue());

        assertThat(ids(first)).containsExactly(asked.get(2), asked.get(1));
        assertThat(ids(second)).containsExactly(asked.get(0));
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(list("?limit=3").get("next_cursor").isNull()).isTrue();
    }

    @Test
    void filters_choose_and_queued_runs_tell_their_place() throws Exception {
        String first = ask("demo");
        String second = ask("demo");
        post("/v1/jobs/" + first + "/cancel", "");

        assertThat(ids(list("?status=canceled"))).containsExactly(first);
        assertThat(ids(list("?status=queued&status=canceled"))).containsExactly(second, first);
        assertThat(ids(list("?status=queued,canceled&skill_id=demo&engine=codex&since=2026-11-22T08:30:00Z")))
                .containsExactly(second, first);
        assertThat(ids(list("?since=2026-11-22T16:30:01%2B08:00"))).isEmpty();
        assertThat(ids(list("?since=2026-11-22T08:30:01"))).as("no zone is UTC").isEmpty();
        assertThat(ids(list("?since=2026-11-22T08:30:00.123456")))
                .as("no zone is UTC")
                .isNotEmpty();
        assertThat(ids(list("?skill_id=other"))).isEmpty();
        assertThat(ids(list("?engine=gemini"))).isEmpty();
        assertThat(list("?status=queued").at("/runs/0/queue_position").intValue())
                .isEqualTo(1);
        assertThat(list("?status=canceled").at("/runs/0/queue_position").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "status=done, /status",
        "engine=nobody, /engine",
        "skill_id=a%20b%2F, /skill_id",
        "since=yesterday, /since",
        "since=%2B99999-01-01T00:00:00Z, /since",
        "cursor=abc, /cursor",
        "cursor=-1, /cursor",
        "cursor=99999999999999999999, /cursor",
        "limit=0, /limit",
        "limit=1001, /limit"
    })
    void what_can_not_be_asked_for_is_named(String query, String pointer) throws Exception {
        HttpResponse<String> refused = get(LIST + "?" + query);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
        assertThat(get("/ui/runs?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void requests_that_wait_for_their_files_are_shown_apart_and_their_page_takes_the_files() throws Exception {
        String waiting = ask("needs-file");
        ask("demo");

        JsonNode list = list("");
        assertThat(list.at("/awaiting_upload/0/request_id").stringValue()).isEqualTo(waiting);
        assertThat(list.get("runs")).hasSize(1);
        assertThat(list("?status=queued").get("awaiting_upload")).isEmpty();
        assertThat(get("/ui/runs").body()).contains("/ui/runs/" + waiting);
        assertThat(get("/ui/runs/" + waiting).body()).contains("action=\"/ui/runs/" + waiting + "/upload\"");

        assertThat(upload("/ui/runs/" + waiting + "/upload", "file", "input_file=x")
                        .statusCode())
                .isEqualTo(303);

        assertThat(list("").get("awaiting_upload")).isEmpty();
        assertThat(list("").get("runs")).hasSize(2);
    }

    @Test
    void the_page_keeps_its_filters_when_it_refreshes_and_when_it_goes_on() throws Exception {
        ask("demo");
        ask("demo");

        String page =
                get("/ui/runs?status=queued&skill_id=demo&engine=codex&limit=1").body();

        assertThat(page)
                .contains(
                        "hx-get=\"/ui/management/runs/table?status=queued&amp;skill_id=demo&amp;engine=codex&amp;limit=1\"",
                        "href=\"/ui/runs?status=queued&amp;skill_id=demo&amp;engine=codex&amp;limit=1&amp;cursor=",
                        "<input type=\"hidden\" name=\"limit\" value=\"1\">",
                        "<option value=\"queued\" selected",
                        "Place 2 in the queue");
        assertThat(get("/ui/runs?status=failed").body()).contains("No run matches.");
        assertThat(get("/ui/runs?limit=1").body()).doesNotContain("Show all");
    }

    @Test
    void the_page_looks_back_as_far_as_its_reader_says_while_time_goes_on() throws Exception {
        String early = ask("demo");
        core.clock.advance(Duration.ofMinutes(50));
        String late = ask("demo");

        assertThat(get("/ui/runs?within=1h").body())
                .contains("/ui/runs/" + early, "/ui/runs/" + late, "<option value=\"1h\" selected")
                .contains("hx-get=\"/ui/management/runs/table?within=1h\"");
        core.clock.advance(Duration.ofMinutes(20));
        assertThat(get("/ui/management/runs/table?within=1h").body())
                .contains("/ui/runs/" + late)
                .doesNotContain("/ui/runs/" + early);
        assertThat(get("/ui/runs?within=24h&status=failed").body())
                .contains("hx-get=\"/ui/management/runs/table?status=failed&amp;within=24h\"");
        assertThat(get("/ui/runs?within=2h").statusCode()).isEqualTo(400);
    }

    @Test
    void a_clean_up_removes_what_is_listed() throws Exception {
        ask("demo");
        ask("needs-file");

        HttpResponse<String> removed = post("/v1/jobs/cleanup", "");

        assertThat(removed.body()).isEqualTo("{\"runs_deleted\":1,\"requests_deleted\":2,\"cache_entries_deleted\":0}");
        assertThat(list("").toString()).isEqualTo("{\"runs\":[],\"next_cursor\":null,\"awaiting_upload\":[]}");
    }

    private String ask(String skill) throws Exception {
        return json(post("/v1/jobs", "{\"skill_id\":\"" + skill + "\",\"engine\":\"codex\"}")
                        .body())
                .get("request_id")
                .stringValue();
    }

    private JsonNode list(String query) throws Exception {
        HttpResponse<String> answer = get(LIST + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.get("runs").forEach(run -> ids.add(run.get("request_id").stringValue()));
        return ids;
    }
}
