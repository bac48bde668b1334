package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.domain.run.OutputStreamKind;

import static org.assertj.core.api.Assertions.assertThat;

class RunFilePagesTest extends HttpTestBed {
    private static final String PAGE = "/ui/runs/" + REQUEST;
    private static final String PARTS = "/ui/management/runs/" + REQUEST;

    RunFilePagesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @BeforeEach
    void fill() {
        folder.holds(new FileTree(
                List.of(
                        new FileEntry("artifacts", "artifacts", true, 0),
                        new FileEntry("artifacts/a b.md", "a b.md", false, 1),
                        new FileEntry("<b>x</b>", "<b>x</b>", false, 0)),
                false));
        text("artifacts/a b.md", "# Title\n<script>alert(1)</script>");
        text("<b>x</b>", "</pre><script>alert(1)</script>");
        folder.put("photo.raw", FilePreview.binary(9));
    }

    @Test
    void the_page_of_a_run_has_its_files_and_the_one_the_address_names() throws Exception {
        queued();

        assertThat(get(PAGE).body())
                .contains(
                        "href=\"" + PAGE + "?path=artifacts%2Fa%20b.md#preview\"",
                        "hx-get=\"" + PARTS + "/view?path=artifacts%2Fa%20b.md\"",
                        "Choose a file",
                        "&lt;b&gt;x&lt;/b&gt;")
                .doesNotContain("<b>x</b>");
        assertThat(get(PAGE + "?path=artifacts%2Fa%20b.md").body()).contains("<h4>Title</h4>", "aria-current=\"true\"");
        assertThat(get(PAGE + "?path=none").statusCode()).isEqualTo(404);
        assertThat(get(PAGE + "?path=..%2Fx").statusCode()).isEqualTo(400);
    }

    @Test
    void parts_of_the_page_are_had_alone() throws Exception {
        queued();

        assertThat(get(PARTS + "/view?path=%3Cb%3Ex%3C%2Fb%3E").body())
                .contains("&lt;/pre&gt;&lt;script&gt;")
                .doesNotContain("<html", "<script>", "<b>x");
        assertThat(get(PARTS + "/view?path=artifacts%2Fa%20b.md").body())
                .contains("<h4>Title</h4>", "&lt;script&gt;")
                .doesNotContain("<script>");
        assertThat(get(PARTS + "/view?path=photo.raw").body()).contains("Can’t be shown");
        assertThat(get(PARTS + "/tree").body()).contains("artifacts").doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({"/view,400", "/view?path=..%2Fx,400", "/view?path=none,404", "/picture?path=none,404", "/picture,404"})
    void a_path_that_names_no_file_is_refused(String part, int status) throws Exception {
        queued();

        assertThat(get(PARTS + part).statusCode()).isEqualTo(status);
    }

    @Test
    void an_artifact_that_is_a_picture_is_shown_as_what_its_bytes_say() throws Exception {
        running();
        core.workspaces.leave(RUN, "photo.html", "GIF89a........");
        core.workspaces.leave(RUN, "photo.gif", "<script>alert(1)</script>");
        folder.put("artifacts/photo.html", FilePreview.binary(14));
        text("artifacts/photo.gif", "<script>alert(1)</script>");

        String picture = PARTS + "/picture?path=artifacts%2Fphoto.html";
        assertThat(get(PARTS + "/view?path=artifacts%2Fphoto.html").body())
                .contains("src=\"" + picture + "\"", "href=\"" + JOB + "/artifacts/artifacts/photo.html\"");
        assertThat(get(picture).headers().firstValue("Content-Type")).hasValue("image/gif");
        assertThat(get(picture).headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get(PARTS + "/view?path=artifacts%2Fphoto.gif").body()).doesNotContain("<img", "<script");
        assertThat(get(PARTS + "/picture?path=artifacts%2Fphoto.gif").statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_answer_that_names_a_file_it_left_links_to_it() throws Exception {
        running();
        core.workspaces.leave(RUN, "report.md", "x");
        core.processes.process(RUN, 1).answers("{\"file\":\"artifacts/report.md\",\"other\":\"artifacts/none.md\"}");
        ended();

        assertThat(get(PAGE).body())
                .contains(
                        "<a class=\"value-plain\" href=\"" + PAGE
                                + "?path=artifacts%2Freport.md#preview\">artifacts/report.md</a>",
                        "<span class=\"value-plain\">artifacts/none.md</span>");
    }

    @Test
    void a_run_leads_to_its_skill_to_another_run_of_it_and_to_its_bundle() throws Exception {
        canceled();

        assertThat(get(PAGE).body())
                .contains(
                        "href=\"/ui/skills/demo\"",
                        "href=\"/ui/skills/demo/run?from=" + REQUEST + "\"",
                        "href=\"" + JOB + "/bundle\"");
    }

    @Test
    void the_tokens_that_the_engine_told_stand_with_its_turn() throws Exception {
        running().prints("used 11").prints("used 2");
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body()).contains(">Turns<", "13 tokens read (0 of them known already), 2 written");
        assertThat(get("/v1/management/runs/" + REQUEST).body())
                .contains("\"tokens\":{\"input\":13,\"cached_input\":0,\"output\":2,\"reasoning\":0},\"models\":[]");
    }

    @Test
    void what_the_run_ran_on_is_told_beside_what_was_asked_for() throws Exception {
        running().prints("model <m>-1").prints("model m-2");
        assertThat(get(PAGE).body()).contains("choice</").doesNotContain("asked for");
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body()).contains("asked for the CLI’s own choice, ran on &lt;m&gt;-1, m-2");
        assertThat(get("/v1/management/runs/" + REQUEST).body()).contains("\"models\":[\"<m>-1\",\"m-2\"]");
    }

    @Test
    void an_engine_that_does_not_tell_its_model_is_not_guessed_at() throws Exception {
        running();
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body()).contains("the engine does not tell what it ran on");
    }

    @Test
    void how_the_processes_ended_stands_among_the_facts_in_both_languages() throws Exception {
        running().leavesToEnd(3);
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body())
                .contains("None is left. Those that the run’s end had to end: 3; the last one, agent (pid 1000), ended"
                        + " after SIGKILL.");
        assertThat(send("GET", PAGE, "", "Accept-Language", "zh-CN").body())
                .contains("随运行一起被结束的进程：3 个；最后一个 agent（pid 1000）在 SIGKILL 后结束");
        assertThat(get("/v1/management/runs/" + REQUEST).body())
                .contains("\"processes\":{\"ended\":3,\"left\":0,\"seen\":true,"
                        + "\"last\":{\"pid\":1000,\"name\":\"agent\",\"end\":\"killed\"}}");
    }

    @Test
    void what_could_not_be_ended_is_not_hidden() throws Exception {
        running().leavesBehind(2);
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body())
                .contains("Those that could not be ended: 2; one of them, agent (pid 1000), is still there.");
    }

    @Test
    void a_run_that_left_nobody_says_so() throws Exception {
        answered("{}");

        assertThat(get(PAGE).body()).contains("None was left when the CLI had ended.");
    }

    @Test
    void what_a_run_was_given_stands_above_its_digests() throws Exception {
        answered("{}");
        String page = get(PAGE).body();

        assertThat(page.indexOf(">Given<")).isPositive().isLessThan(page.indexOf(">Facts<"));
    }

    @Test
    void old_addresses_say_what_replaces_them() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "</pre><script>said");
        write(OutputStreamKind.STDERR, "complained");

        HttpResponse<String> view = get(PAGE + "/view?path=artifacts%2Fa%20b.md");
        HttpResponse<String> tail = get(PAGE + "/logs/tail");

        assertThat(view.body()).contains("<h4>Title</h4>");
        assertThat(view.headers().firstValue("Link").orElse("")).contains("<" + PARTS + "/view>");
        assertThat(tail.headers().firstValue("Deprecation")).hasValue("true");
        assertThat(tail.headers().firstValue("Sunset")).hasValue("2026-06-30");
        assertThat(tail.headers().firstValue("Link").orElse(""))
                .contains("</v1/management/runs/" + REQUEST + "/events>");
        assertThat(tail.body())
                .contains("&lt;/pre&gt;&lt;script&gt;said", "complained", "every 2s")
                .doesNotContain("<html");
        cancel();
        assertThat(get(PAGE + "/logs/tail").body()).doesNotContain("every 2s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/view?path=a", "/logs/tail"})
    void old_addresses_of_an_unknown_run_are_404(String part) throws Exception {
        assertThat(get("/ui/runs/33333333-3333-4333-8333-333333333333" + part).statusCode())
                .isEqualTo(404);
    }

    private void text(String path, String text) {
        folder.put(path, FilePreview.text(text, text.length(), "utf-8"));
    }
}
