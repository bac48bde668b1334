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
    void the_tokens_that_the_engine_told_stand_among_the_facts() throws Exception {
        running().prints("used 11").prints("used 2");
        core.processes.process(RUN, 1).answers("{}");
        ended();

        assertThat(get(PAGE).body()).contains(">Tokens<", "13 read (0 of them known already), 2 written");
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
