package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class RunPagesTest extends HttpTestBed {
    private static final String CURRENT = "/ui/management/runs/current";
    private static final String PAGE = "/ui/runs/" + REQUEST;
    private static final Pattern ASSET = Pattern.compile("/ui/assets/[0-9a-f]{16}/[a-z.-]+");

    RunPagesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_page_shows_facts_and_offers_to_cancel() throws Exception {
        JsonNode created =
                json(post("/v1/jobs", "{\"skill_id\":\"needs-file\"}").body());
        assertThat(created.get("request_id").stringValue()).isEqualTo(REQUEST.value());
        upload(JOB + "/upload", "file", "input_file=1\nnumbers=2");
        start();

        HttpResponse<String> page = get(PAGE);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("data-status=\"running\"", REQUEST.value(), RUN.value(), "Cancel run", "codex", "numbers");
    }

    @Test
    void no_page_may_load_or_run_anything_of_another_origin_or_inline() throws Exception {
        HttpResponse<String> page = get("/ui/runs");

        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "http://", "https://");
        assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(page.body()).find())
                .isFalse();
    }

    @Test
    void every_asset_a_page_names_is_served_and_may_be_kept() throws Exception {
        Matcher assets = ASSET.matcher(get(pageOfARun()).body());
        int found = 0;
        while (assets.find()) {
            HttpResponse<String> asset = get(assets.group());
            assertThat(asset.statusCode()).as(assets.group()).isEqualTo(200);
            assertThat(asset.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            found++;
        }
        assertThat(found).isGreaterThan(5);
        assertThat(get("/ui/assets/0000000000000000/app.css").headers().firstValue("Cache-Control"))
                .hasValue("no-cache");
        assertThat(get("/ui/assets/0000000000000000/nothing.css").statusCode()).isEqualTo(404);
    }

    @Test
    void of_a_long_answer_only_the_beginning_is_on_the_page_and_all_of_it_is_linked() throws Exception {
        answered("{\"text\":\"" + "y".repeat(300_000) + "\"}");

        assertThat(get(PAGE).body())
                .contains("too long for this page", "href=\"" + JOB + "/result\"")
                .doesNotContain("y".repeat(20_000));
    }

    @Test
    void an_answer_is_shortened_where_it_is_shown() throws Exception {
        answered("{\"text\":\"" + "y".repeat(200_000) + "\"}");

        assertThat(get(PAGE).body().length()).isLessThan(60_000);
        assertThat(get(PAGE).body()).contains("yyyy");
    }

    @Test
    void of_very_many_files_the_first_are_on_the_page() throws Exception {
        answered("{}");
        for (int i = 0; i < 2_000; i++) {
            core.workspaces.leave(RUN, "file-" + i, "");
        }

        String page = get(PAGE).body();

        assertThat(page.split("class=\"file-name\"", -1)).hasSize(501);
        assertThat(page).contains("href=\"" + JOB + "/artifacts\"");
    }

    @Test
    void hostile_text_is_shown_as_text() throws Exception {
        running()
                .prints("fail <script>alert(1)</script>")
                .complains("</pre><img src=x>")
                .exits(1);
        core.workspaces.leave(RUN, "<b> \"x\".txt", "x");
        ended();

        String page = get(PAGE).body();

        assertThat(page).contains("&lt;script&gt;alert(1)", "&lt;/pre&gt;&lt;img", "The engine reported an error");
        assertThat(page).doesNotContain("<script>alert", "<img src=x>", "<b> \"x\"");
        assertThat(page).contains("/artifacts/artifacts/%3Cb%3E%20%22x%22.txt");
    }

    @Test
    void what_a_run_wrote_comes_with_its_page_and_can_not_end_its_place_there() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "</script><img src=x>\nsecond line\nopen");
        cancel();

        String page = get(PAGE).body();

        assertThat(page)
                .contains(
                        "{\"from\":0,\"to\":33,\"chunk\":\"\\u003c/script\\u003e\\u003cimg src=x\\u003e\\nsecond line\\n\"}")
                .doesNotContain("<img src=x>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/runs/33333333-3333-4333-8333-333333333333", "/ui/runs/not-an-id"})
    void an_unknown_run_is_a_page_that_says_so(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("There is no such run").contains("REQUEST_NOT_FOUND");
    }

    @Test
    void a_request_that_waits_for_files_says_so() throws Exception {
        awaiting();

        assertThat(get(PAGE).statusCode()).isEqualTo(200);
        assertThat(get(PAGE).body()).contains("The files of this request have not come yet", "type=\"file\"");
    }

    @Test
    void a_request_whose_skill_is_to_come_has_a_page_that_takes_it() throws Exception {
        HttpResponse<String> created = post("/v1/temp-skill-runs", "{\"engine\":\"codex\"}");
        String id = created.body().replaceAll("(?s).*\"request_id\":\"([^\"]+)\".*", "$1");

        assertThat(get("/ui/runs").body()).contains("skill to come", "href=\"/ui/runs/" + id + "\"");
        assertThat(get("/v1/management/runs").body())
                .contains("\"awaiting_upload\":[{\"request_id\":\"" + id + "\",\"kind\":\"temp\",\"skill_id\":null");
        assertThat(get("/ui/runs/" + id).body())
                .contains("The skill of this request has not come yet", "name=\"skill_package\"");
        HttpResponse<String> sent = upload("/ui/runs/" + id + "/skill", "skill_package", "no zip");
        assertThat(sent.statusCode()).isEqualTo(400);
        assertThat(get("/ui/runs/" + id).body()).contains("The last package was turned away:");
    }

    @Test
    void the_list_shows_every_run_or_how_to_get_one() throws Exception {
        assertThat(get("/ui/runs").body()).contains("No runs yet");
        queued();
        assertThat(get("/ui/runs").body()).contains("href=\"" + PAGE + "\"");
        assertThat(get("/ui/management/runs/table").body())
                .contains("href=\"" + PAGE + "\"")
                .doesNotContain("<html");
    }

    @Test
    void home_says_what_works_and_what_failed_lately() throws Exception {
        assertThat(get(CURRENT).body()).doesNotContain("data-current");
        ScriptedProcess process = running();
        assertThat(get(CURRENT).body())
                .contains("data-current=\"working\"", "href=\"" + PAGE + "\"")
                .doesNotContain("data-current=\"failed\"");

        process.prints("fail badly").exits(1);
        ended();

        assertThat(get(CURRENT).body())
                .contains("data-current=\"failed\"", "The engine reported an error")
                .doesNotContain("data-current=\"working\"");
        core.clock.advance(Duration.ofHours(25));
        assertThat(get(CURRENT).body()).doesNotContain("data-current");
    }

    @Test
    void a_missing_sign_in_leads_to_where_it_is_mended() throws Exception {
        running().complains("ERROR: 401  Unauthorized").exits(1);
        ended();

        assertThat(get(PAGE).body())
                .contains("<code>AUTH_REQUIRED</code>")
                .contains("id=\"problem-remedy\" href=\"/ui/engines#auth-codex\">Sign codex in</a>");
    }

    @Test
    void what_failed_lately_is_said_however_many_runs_came_after_it() throws Exception {
        running().prints("fail badly").exits(1);
        ended();
        core.server().dispatcher.stop();
        for (int i = 0; i < 201; i++) {
            CreateRunCommand command = new CreateRunCommand(
                    "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", true), false);
            core.server().cancelRun.cancel(core.create(command).id());
        }

        assertThat(get(CURRENT).body()).contains("data-current=\"failed\"", "href=\"" + PAGE + "\"");
    }

    @Test
    void language_and_theme_are_chosen_by_form_and_kept() throws Exception {
        assertThat(send("GET", "/ui/runs", "", "Accept-Language", "zh-CN").body())
                .contains("lang=\"zh-CN\"", "还没有运行");

        HttpResponse<String> chosen = send(
                "POST",
                "/ui/preferences",
                "language=zh&theme=dark&back=%2Fui%2Fruns",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.headers().firstValue("Location")).hasValue("/ui/runs");
        List<String> cookies = chosen.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(4).allSatisfy(cookie -> assertThat(cookie)
                .containsPattern("Path=/(ui|docs);")
                .contains("HttpOnly", "SameSite=Lax"));
        String sent = String.join(
                "; ", cookies.stream().map(cookie -> cookie.split(";", 2)[0]).toList());
        assertThat(send("GET", "/ui/runs", "", "Cookie", sent).body())
                .contains("lang=\"zh-CN\"", "data-theme=\"dark\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https%3A%2F%2Felsewhere.example", "%2F%2Felsewhere.example", "%2Fui%2F..%2F%40x", "%2Fv1%2Fjobs"
            })
    void nobody_is_sent_away_from_the_pages(String back) throws Exception {
        HttpResponse<String> chosen = send(
                "POST",
                "/ui/preferences",
                "theme=light&back=" + back,
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(chosen.headers().firstValue("Location").orElseThrow()).matches("/ui(/\\.\\..*)?");
        assertThat(chosen.headers().firstValue("Location").orElseThrow()).doesNotContain("elsewhere");
    }

    @Test
    void a_form_of_another_site_cancels_nothing() throws Exception {
        running();

        HttpResponse<String> refused = send("POST", PAGE + "/cancel", "", "Origin", "https://elsewhere.example");
        assertThat(refused.statusCode()).isEqualTo(403);

        HttpResponse<String> accepted = send("POST", PAGE + "/cancel", "");
        assertThat(accepted.statusCode()).isEqualTo(303);
        assertThat(accepted.headers().firstValue("Location")).hasValue(PAGE);
    }

    @Test
    void the_management_api_lists_runs_and_their_milestones() throws Exception {
        queued();

        JsonNode listed = json(get("/v1/management/runs").body()).at("/runs/0");
        assertThat(listed.get("request_id").stringValue()).isEqualTo(REQUEST.value());
        assertThat(listed.get("poll_logs").booleanValue()).isTrue();
        JsonNode one = json(get("/v1/management/runs/" + REQUEST).body());
        assertThat(one.get("run_id").stringValue()).isEqualTo(RUN.value());
        assertThat(one.at("/milestones/0/status").stringValue()).isEqualTo("queued");
        assertThat(one.get("process_isolation").isNull()).isTrue();
        assertThat(json(post("/v1/management/runs/" + REQUEST + "/cancel", "").body())
                        .get("accepted")
                        .booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "many", "1e2", ""})
    void a_limit_out_of_bounds_is_refused(String limit) throws Exception {
        HttpResponse<String> refused = get("/v1/management/runs?limit=" + limit);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).at("/errors/0/pointer").stringValue()).isEqualTo("/limit");
    }

    private String pageOfARun() {
        queued();
        return PAGE;
    }
}
