package skillrunner.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.OutputStreamKind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class DurableStreamRoutesTest extends HttpTestBed {
    private static final String STDOUT = "/v1/streams/" + REQUEST + "/stdout";

    DurableStreamRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void what_is_there_is_read_and_read_on_from_where_it_ended() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "first");

        HttpResponse<String> first = get(STDOUT);
        write(OutputStreamKind.STDOUT, " second");
        HttpResponse<String> second = get(STDOUT + "?offset=" + next(first));

        assertThat(first.body()).isEqualTo("first");
        assertThat(first.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(next(first)).isEqualTo("000000000000000005");
        assertThat(upToDate(first)).isTrue();
        assertThat(closed(first)).isFalse();
        assertThat(second.body()).isEqualTo(" second");
        assertThat(get(STDOUT + "?offset=-1").body()).isEqualTo("first second");
        assertThat(get(STDOUT + "?offset=999").body()).isEmpty();
        assertThat(next(get(STDOUT + "?offset=999"))).isEqualTo(next(second));
    }

    @Test
    void the_end_of_the_run_closes_both_streams() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "out");
        cancel();

        HttpResponse<String> all = get(STDOUT);
        HttpResponse<String> none = get(STDOUT + "?offset=" + next(all));
        HttpResponse<String> stderr = get("/v1/streams/" + REQUEST + "/stderr");

        assertThat(closed(all) && upToDate(all)).isTrue();
        assertThat(all.headers().firstValue("Cache-Control")).contains("private, max-age=60");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).isEmpty();
        assertThat(closed(none) && upToDate(none)).isTrue();
        assertThat(closed(stderr)).isTrue();
    }

    @Test
    void a_run_that_was_never_started_has_empty_streams() throws Exception {
        canceled();

        HttpResponse<String> answer = get(STDOUT);

        assertThat(answer.body()).isEmpty();
        assertThat(closed(answer)).isTrue();
        assertThat(next(answer)).isEqualTo("000000000000000000");
    }

    @Test
    void attempts_follow_each_other_and_only_the_newest_ends_at_the_end() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "one");
        core.output.open(RUN, 2, "again");
        write(OutputStreamKind.STDOUT, "two");

        HttpResponse<String> first = get(STDOUT);
        HttpResponse<String> second = get(STDOUT + "?offset=" + next(first));

        assertThat(first.body()).isEqualTo("one");
        assertThat(upToDate(first)).isFalse();
        assertThat(second.body()).isEqualTo("two");
        assertThat(upToDate(second)).isTrue();
    }

    @Test
    void an_answer_is_bounded_and_the_whole_can_be_had_from_offset_to_offset() throws Exception {
        running();
        String all = "0123456789abcdef".repeat(2_200_000);
        write(OutputStreamKind.STDOUT, all);
        cancel();

        StringBuilder read = new StringBuilder();
        String offset = "-1";
        boolean closed = false;
        while (!closed) {
            HttpResponse<String> answer = get(STDOUT + "?offset=" + offset);
            assertThat(answer.body().length()).isBetween(1, 32 << 20);
            read.append(answer.body());
            offset = next(answer);
            closed = closed(answer);
            assertThat(upToDate(answer)).isEqualTo(closed);
        }

        assertThat(read.toString().equals(all)).isTrue();
    }

    @Test
    void an_etag_holds_until_there_is_more_or_the_end() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abc");
        String open = etag(get(STDOUT));
        HttpResponse<String> known = send("GET", STDOUT, "", "If-None-Match", open);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.headers().firstValue("Content-Type"))
                .isEqualTo(get(STDOUT).headers().firstValue("Content-Type"));
        assertThat(send("GET", STDOUT, "", "If-None-Match", "\"other\", W/" + open)
                        .statusCode())
                .isEqualTo(304);
        assertThat(send("GET", STDOUT, "", "If-None-Match", "\"other\"").body()).isEqualTo("abc");

        write(OutputStreamKind.STDOUT, "def");
        String more = etag(get(STDOUT));
        cancel();
        HttpResponse<String> ended = send("GET", STDOUT, "", "If-None-Match", more);

        assertThat(more).isNotEqualTo(open);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(closed(ended)).isTrue();
        assertThat(etag(ended)).isNotEqualTo(more);
    }

    @Test
    void a_head_request_tells_where_the_stream_ends() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abc");

        HttpResponse<String> open = send("HEAD", STDOUT, "");
        HttpResponse<String> live = send("HEAD", STDOUT + "?offset=-1&live=sse", "");
        cancel();
        HttpResponse<String> ended = send("HEAD", STDOUT, "");

        assertThat(next(open)).isEqualTo("000000000000000003");
        assertThat(open.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(closed(open)).isFalse();
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(closed(ended)).isTrue();
        assertThat(events.openStreams()).isZero();
    }

    @Test
    void now_is_the_end() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abc");

        HttpResponse<String> answer = get(STDOUT + "?offset=now");

        assertThat(answer.body()).isEmpty();
        assertThat(next(answer)).isEqualTo("000000000000000003");
        assertThat(upToDate(answer)).isTrue();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void a_long_poll_answers_at_once_with_what_is_there() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abc");

        HttpResponse<String> answer = get(STDOUT + "?offset=1&live=long-poll");

        assertThat(answer.body()).isEqualTo("bc");
        assertThat(answer.headers().firstValue("Stream-Cursor"))
                .get()
                .asString()
                .matches("\\d+");
        String cursor = answer.headers().firstValue("Stream-Cursor").orElseThrow();
        HttpResponse<String> again = get(STDOUT + "?offset=1&live=long-poll&cursor=" + cursor);
        assertThat(Long.parseLong(again.headers().firstValue("Stream-Cursor").orElseThrow()))
                .isGreaterThan(Long.parseLong(cursor));
    }

    @Test
    void a_long_poll_waits_for_news() throws Exception {
        running();
        write(OutputStreamKind.STDOUT, "abc");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<HttpResponse<String>> answer = asked(threads, STDOUT + "?offset=3&live=long-poll");
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);
            write(OutputStreamKind.STDOUT, "def");
            core.server().signals.wake(RUN);
            assertThat(answer.get().body()).isEqualTo("def");
            assertThat(next(answer.get())).isEqualTo("000000000000000006");

            CompletableFuture<HttpResponse<String>> end = asked(threads, STDOUT + "?offset=now&live=long-poll");
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);
            cancel();
            assertThat(end.get().statusCode()).isEqualTo(204);
            assertThat(closed(end.get())).isTrue();
            assertThat(next(end.get())).isEqualTo("000000000000000006");
        } finally {
            threads.shutdownNow();
        }
        released();
    }

    @Test
    void a_long_poll_of_a_run_that_is_removed_is_told_so() throws Exception {
        running();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<HttpResponse<String>> answer = asked(threads, STDOUT + "?offset=0&live=long-poll");
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);
            core.runs.remove(RUN);
            core.server().signals.wake(RUN);

            assertThat(answer.get().statusCode()).isEqualTo(404);
            assertThat(answer.get().body()).contains("REQUEST_NOT_FOUND");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_server_that_stops_ends_a_long_poll() throws Exception {
        running();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<HttpResponse<String>> answer = asked(threads, STDOUT + "?offset=0&live=long-poll");
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);

            events.close();

            assertThat(answer.get().statusCode()).isEqualTo(204);
            assertThat(closed(answer.get())).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void events_carry_bytes_of_any_kind_and_say_where_to_go_on() throws Exception {
        running();
        byte[] bytes = {0, (byte) 0xFF, '\r', '\n', 'a'};
        core.output.append(RUN, OutputStreamKind.STDOUT, bytes);
        cancel();

        RawHttp answer = RawHttp.get(api.port(), STDOUT + "?offset=-1&live=sse");

        assertThat(answer.has("Content-Type", "text/event-stream")).isTrue();
        assertThat(answer.has("Stream-SSE-Data-Encoding", "base64")).isTrue();
        assertThat(answer.body())
                .contains("event: data\ndata:" + Base64.getEncoder().encodeToString(bytes) + "\n\nevent: control\n"
                        + "data:{\"streamNextOffset\":\"000000000000000005\",\"streamClosed\":true}\n\n");
        released();
    }

    @Test
    void events_arrive_while_the_run_works_and_end_with_it() throws Exception {
        running();
        try (Socket socket = follow(STDOUT + "?offset=-1&live=sse&format=text");
                BufferedReader client = reader(socket)) {
            assertThat(control(client)).contains("\"upToDate\":true").doesNotContain("streamClosed");
            write(OutputStreamKind.STDOUT, "[1]\n");
            core.server().signals.wake(RUN);
            assertThat(control(client)).contains("\"streamNextOffset\":\"000000000000000004\"");

            cancel();

            assertThat(control(client)).contains("\"streamClosed\":true").doesNotContain("streamCursor");
        }
        released();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "line1\\nline2|data:line1\\ndata:line2\\n",
                "a\\n|data:a\\ndata:\\n",
                "a\\r\\n\\r\\nevent: control|data:a\\ndata:\\ndata:event: control\\n",
                "a\\rdata: x|data:a\\ndata:data: x\\n",
                " led by a space|data:  led by a space\\n",
                "\u4e2d\u6587|data:\u4e2d\u6587\\n"
            })
    void text_can_be_had_as_lines_that_forge_no_event(String written, String data) throws Exception {
        running();
        write(OutputStreamKind.STDOUT, unescaped(written));
        cancel();

        RawHttp answer = RawHttp.get(api.port(), STDOUT + "?offset=-1&live=sse&format=text");

        assertThat(answer.body()).contains("event: data\n" + unescaped(data) + "\nevent: control\n");
        assertThat(answer.body().split("event: control\n", -1)).hasSizeBetween(2, 3);
    }

    @Test
    void neither_a_character_nor_an_end_of_line_is_cut_in_text() throws Exception {
        running();
        byte[] character = "\u4e2d".getBytes(UTF_8);
        List<String> controls = new ArrayList<>();
        core.output.append(RUN, OutputStreamKind.STDOUT, new byte[] {'a', character[0]});
        try (Socket socket = follow(STDOUT + "?offset=-1&live=sse&format=text");
                BufferedReader client = reader(socket)) {
            controls.add(control(client));
            core.output.append(RUN, OutputStreamKind.STDOUT, new byte[] {character[1], character[2], '\r'});
            core.server().signals.wake(RUN);
            controls.add(control(client));
            cancel();
            controls.add(control(client));
        }

        assertThat(controls.get(0)).contains("000000000000000001").doesNotContain("upToDate");
        assertThat(controls.get(1)).contains("000000000000000004");
        assertThat(controls.get(2)).contains("000000000000000005", "streamClosed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offset=-2",
                "offset=",
                "offset=1,2",
                "offset=1%202",
                "offset=abc",
                "offset=0&offset=1",
                "offset=9999999999999999999",
                "live=sse",
                "live=long-poll",
                "offset=0&live=tail",
                "format=xml"
            })
    void a_query_that_can_not_be_is_refused(String query) throws Exception {
        running();

        HttpResponse<String> answer = get(STDOUT + "?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("REQUEST_INVALID");
    }

    @Test
    void there_is_nothing_to_write_and_nothing_else_to_read() throws Exception {
        running();

        for (String method : List.of("PUT", "POST", "DELETE")) {
            assertThat(send(method, STDOUT, "", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(405);
        }
        assertThat(get("/v1/streams/" + REQUEST + "/pty").statusCode()).isEqualTo(404);
        assertThat(get("/v1/streams/" + RUN + "/stdout").body()).contains("REQUEST_NOT_FOUND");
    }

    /** Reads on to the end of the next control event. */
    private static String control(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("data:{\"streamNextOffset\"")) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private Socket follow(String target) throws IOException {
        return RawHttp.open(api.port(), RawHttp.request("GET", target));
    }

    private CompletableFuture<HttpResponse<String>> asked(ExecutorService threads, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return get(path);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                threads);
    }

    private void released() {
        Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 0);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static String next(HttpResponse<String> answer) {
        return answer.headers().firstValue("Stream-Next-Offset").orElseThrow();
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static boolean upToDate(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Stream-Up-To-Date")
                .filter("true"::equals)
                .isPresent();
    }

    private static boolean closed(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Stream-Closed")
                .filter("true"::equals)
                .isPresent();
    }
}
