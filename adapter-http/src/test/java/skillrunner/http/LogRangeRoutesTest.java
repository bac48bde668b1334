package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.OutputStreamKind;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class LogRangeRoutesTest extends HttpTestBed {
    private static final String RANGE = JOB + "/logs/range";

    LogRangeRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @ParameterizedTest
    @CsvSource({
        "byte_from=2&byte_to=5, 2, 5, cde",
        "byte_from=0&byte_to=999, 0, 10, abcdefghij",
        "byte_to=4, 0, 4, abcd",
        "byte_from=3&byte_to=3, 3, 3, ''",
        "byte_from=3&byte_to=0, 3, 3, ''",
        "byte_from=3, 3, 3, ''",
        "byte_from=50&byte_to=60, 10, 10, ''",
        "byte_from=50, 10, 10, ''"
    })
    void a_part_is_clamped_to_what_is_there(String query, long from, long to, String chunk) throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abcdefghij");

        JsonNode range = range("stream=stdout&" + query);

        assertThat(range.toString())
                .isEqualTo("{\"stream\":\"stdout\",\"attempt\":1,\"size\":10,\"byte_from\":" + from + ",\"byte_to\":"
                        + to + ",\"chunk\":\"" + chunk + "\"}");
    }

    @Test
    void attempts_are_read_apart_and_the_newest_by_default() throws Exception {
        running();
        write(OutputStreamKind.STDERR, "first");
        core.output.open(RUN, 2, "again");
        write(OutputStreamKind.STDERR, "the second");

        assertThat(range("stream=stderr&byte_to=99&attempt=1").toString())
                .contains("\"attempt\":1,\"size\":5", "\"first\"");
        assertThat(range("stream=stderr&byte_to=99&attempt=2").toString())
                .contains("\"attempt\":2,\"size\":10", "\"the second\"");
        assertThat(range("stream=stderr&byte_to=99").get("attempt").intValue()).isEqualTo(2);
        assertThat(range("stream=stderr&byte_from=7&byte_to=8&attempt=1")
                        .get("byte_from")
                        .longValue())
                .isEqualTo(5);
    }

    @Test
    void an_answer_is_cut_at_one_mebibyte_and_says_so() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "0123456789abcdef".repeat(1 << 17));

        JsonNode range = range("stream=stdout&byte_from=5&byte_to=9999999");

        assertThat(range.get("byte_to").longValue()).isEqualTo(5 + (1 << 20));
        assertThat(range.get("size").longValue()).isEqualTo(1 << 21);
        assertThat(range.get("chunk").stringValue()).hasSize(1 << 20).startsWith("56789abcdef0");
    }

    @Test
    void bytes_that_are_no_text_are_replaced_and_offsets_count_bytes() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "a\u4e2d\u0000\n");

        JsonNode cut = range("stream=stdout&byte_from=0&byte_to=3");

        assertThat(cut.get("chunk").stringValue()).isEqualTo("a\ufffd");
        assertThat(cut.get("byte_to").longValue()).isEqualTo(3);
        assertThat(range("stream=stdout&byte_from=4&byte_to=6").get("chunk").stringValue())
                .isEqualTo("\u0000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "stderr", "pty"})
    void before_anything_was_written_there_is_an_empty_part(String stream) throws Exception {
        queued();

        assertThat(range("stream=" + stream + "&byte_to=10").toString())
                .isEqualTo("{\"stream\":\"" + stream
                        + "\",\"attempt\":1,\"size\":0,\"byte_from\":0,\"byte_to\":0,\"chunk\":\"\"}");
        assertThat(core.output.attempts(RUN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', /stream",
        "stream=, /stream",
        "stream=fcmp, /stream",
        "stream=STDOUT, /stream",
        "stream=stdout&byte_from=-1, /byte_from",
        "stream=stdout&byte_from=x, /byte_from",
        "stream=stdout&byte_to=, /byte_to",
        "stream=stdout&byte_to=9999999999999999999, /byte_to",
        "stream=stdout&byte_from=5&byte_to=4, /byte_to",
        "stream=stdout&attempt=0, /attempt",
        "stream=stdout&attempt=-1, /attempt",
        "stream=stdout&attempt=one, /attempt",
        "stream=stdout&attempt=2, /attempt",
        "stream=pty&attempt=2, /attempt"
    })
    void what_can_not_be_is_refused_by_name(String query, String pointer) throws Exception {
        running();

        HttpResponse<String> answer = get(RANGE + "?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("REQUEST_INVALID", "\"pointer\":\"" + pointer + "\"");
    }

    @Test
    void a_run_is_found_by_its_kind_and_under_management() throws Exception {
        running();
        String query = "/logs/range?stream=stdout";

        assertThat(get("/v1/management/runs/" + REQUEST + query).statusCode()).isEqualTo(200);
        assertThat(get("/v1/temp-skill-runs/" + REQUEST + query).statusCode()).isEqualTo(404);
        assertThat(get("/v1/jobs/" + RUN + query).body()).contains("REQUEST_NOT_FOUND");
        assertThat(get("/v1/management/runs/" + RUN + query).body()).contains("REQUEST_NOT_FOUND");
    }

    @Test
    void a_request_that_waits_for_its_files_has_no_run() throws Exception {
        awaiting();

        assertThat(get(RANGE + "?stream=stdout").body()).contains("RUN_NOT_FOUND");
    }

    private JsonNode range(String query) throws Exception {
        HttpResponse<String> answer = get(RANGE + "?" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer.body());
    }
}
