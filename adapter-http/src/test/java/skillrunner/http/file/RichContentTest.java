package skillrunner.http.file;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.http.page.ValueView;

import static org.assertj.core.api.Assertions.assertThat;

class RichContentTest {
    @Test
    void markdown_is_read_as_html_of_ours() {
        assertThat(RichContent.of("a/Report.MD", "# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
                        .html())
                .contains("<h4>Title</h4>", "<table>", "<td>1</td>");
    }

    @Test
    void headings_begin_below_those_of_the_page_and_leave_out_no_level() {
        assertThat(RichContent.markdown("### Deep\n###### Deeper\n# Again\n## Next"))
                .contains("<h3>Deep</h3>", "<h4>Deeper</h4>", "<h3>Again</h3>", "<h4>Next</h4>");
        assertThat(RichContent.of("a.md", "## Deep").html()).contains("<h4>Deep</h4>");
    }

    @Test
    void what_would_turn_words_round_in_markdown_is_a_sign() {
        assertThat(RichContent.markdown("Run `ls \u202Efr- mr` and\u2066 \u001B[31mred\r\nnext\r"))
                .contains("ls ⟨U+202E⟩fr- mr", "and⟨U+2066⟩ ␛[31mred\nnext")
                .doesNotContain("␍");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "text <img src=x onerror=alert(1)> text",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html,<script>alert(1)</script>)",
                "[x](/ui/runs)",
                "[x](//elsewhere.example/)",
                "![x](http://elsewhere.example/pixel.png)",
                "[![x](http://elsewhere.example/pixel.png)](javascript:alert(1))",
                "<http://a\"onmouseover=alert(1)>",
                "```<script>\n<script>alert(1)</script>\n```"
            })
    void nothing_in_markdown_is_run_or_fetched_or_leads_into_this_server(String text) {
        String html = RichContent.of("a.md", text).html();

        assertThat(html).doesNotContainPattern("<(script|img|iframe|svg|style)");
        assertThat(html).doesNotContainPattern("href=\"(?!https?://|mailto:)");
        assertThat(html).doesNotContainPattern("<[a-z]+[^>]*\\son[a-z]+=");
    }

    @Test
    void a_link_to_another_site_says_nothing_of_this_one() {
        assertThat(RichContent.of("a.md", "[site](https://example.org/a?b=c)").html())
                .contains("href=\"https://example.org/a?b=c\"", "rel=\"nofollow noopener noreferrer\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "[", "*a **b "})
    void markdown_without_an_end_of_nesting_is_shown_as_text_or_flat(String piece) {
        RichContent content = RichContent.of("a.md", piece.repeat(100_000 / piece.length()));

        assertThat(content.value()).isNull();
        assertThat(content.html().length()).isLessThan(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "T.TSV"})
    void rows_are_a_table_under_the_names_of_the_first(String path) {
        String separator = path.endsWith("V") ? "\t" : ",";
        String text = "a,b,a\n1,\"two 2\",3\n4\n".replace(",", separator);

        ValueView table = Objects.requireNonNull(RichContent.of(path, text).value());

        assertThat(table.kind()).isEqualTo(ValueView.Kind.TABLE);
        assertThat(table.names()).containsExactly("a", "b", "a 3");
        assertThat(table.rows()).hasSize(2);
    }

    @Test
    void json_is_a_value() {
        ValueView value =
                Objects.requireNonNull(RichContent.of("a.json", "{\"a\":[1,2]}").value());

        assertThat(value.names()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"a.json,{", "a.txt,# text", "a.csv,only", "a.html,<b>"})
    void what_is_of_no_kind_is_text_only(String path, String text) {
        assertThat(RichContent.of(path, text).isEmpty()).isTrue();
    }

    @Test
    void json_that_is_nested_without_end_is_text_only() {
        assertThat(RichContent.of("a.json", "[".repeat(100_000)).isEmpty()).isTrue();
    }
}
