package skillrunner.http;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Events as a durable stream of JSON. */
class DurableEventRoutesTest extends ConversationTestBed {
    private static final String FCMP = "/v1/streams/" + REQUEST + "/fcmp";

    DurableEventRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void the_events_of_all_attempts_are_one_array_from_any_of_them_on() throws Exception {
        answeredInTwoTurns();
        List<JsonNode> history = shown();

        HttpResponse<String> all = get(FCMP);
        HttpResponse<String> rest = get(FCMP + "?offset=000000000000000003");

        assertThat(array(all)).isEqualTo(history);
        assertThat(all.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(next(all)).isEqualTo(String.format("%018d", history.size()));
        assertThat(is(all, "Stream-Up-To-Date") && is(all, "Stream-Closed")).isTrue();
        assertThat(all.headers().firstValue("ETag").orElseThrow()).contains("-closed");
        assertThat(array(rest)).isEqualTo(history.subList(3, history.size()));
        assertThat(send(
                                "GET",
                                FCMP,
                                "",
                                "If-None-Match",
                                all.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void what_is_too_long_to_be_held_comes_whole() throws Exception {
        talkative();
        List<JsonNode> events = new ArrayList<>();
        String offset = "-1";
        boolean closed = false;
        while (!closed) {
            HttpResponse<String> answer = get(FCMP + "?offset=" + offset);
            events.addAll(array(answer));
            offset = next(answer);
            closed = is(answer, "Stream-Closed");
        }
        String live = get(FCMP + "?offset=-1&live=sse").body();

        assertThat(events).isEqualTo(shown());
        assertThat(live.lines()
                        .filter(line -> line.startsWith("data:["))
                        .flatMap(line ->
                                StreamSupport.stream(json(line.substring(5)).spliterator(), false)))
                .isEqualTo(shown());
        assertThat(live).endsWith("\"streamClosed\":true}\n\n");
    }

    @Test
    void a_run_that_waits_for_its_user_may_have_more_to_tell() throws Exception {
        waiting();

        HttpResponse<String> answer = get(FCMP);
        HttpResponse<String> end = get(FCMP + "?offset=" + next(answer));
        HttpResponse<String> beyond = get(FCMP + "?offset=999");

        assertThat(is(answer, "Stream-Up-To-Date")).isTrue();
        assertThat(is(answer, "Stream-Closed")).isFalse();
        assertThat(end.body()).isEqualTo("[]");
        assertThat(beyond.body()).isEqualTo("[]");
        assertThat(next(beyond)).isEqualTo(next(answer));
        assertThat(get(FCMP + "?offset=now").body()).isEqualTo("[]");
    }

    @Test
    void a_run_that_was_not_started_has_nothing_to_tell_yet() throws Exception {
        queued();

        assertThat(get(FCMP).body()).isEqualTo("[]");
        assertThat(next(get(FCMP))).isEqualTo("000000000000000000");
        assertThat(send("HEAD", FCMP, "").headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void whoever_waits_is_told_the_next_event_and_the_end() throws Exception {
        asking();
        start().prints("session s-1");
        Awaitility.await().atMost(PATIENCE).until(() -> shown().size() == 2);
        CompletableFuture<HttpResponse<String>> poll = later(FCMP + "?live=long-poll&offset=2");
        Awaitility.await().atMost(PATIENCE).until(() -> events.openLongPolls() == 1);

        core.processes.process(RUN, 1).prints("say Hello");

        assertThat(array(poll.get()).get(0).get("data").get("text").stringValue())
                .isEqualTo("Hello");
        assertThat(poll.get().headers().firstValue("Stream-Cursor")).isPresent();
        cancel();
        HttpResponse<String> end = get(FCMP + "?live=long-poll&offset=" + next(get(FCMP)));
        assertThat(end.statusCode()).isEqualTo(204);
        assertThat(is(end, "Stream-Closed")).isTrue();
    }

    @Test
    void live_events_come_as_arrays_each_followed_by_the_place_to_go_on() throws Exception {
        answeredInTwoTurns();

        String body = get(FCMP + "?live=sse&offset=-1").body();
        String[] frames = body.split("\n\n");

        List<JsonNode> told = new ArrayList<>();
        for (int i = 0; i < frames.length; i += 2) {
            assertThat(frames[i]).startsWith("event: data\ndata:[");
            json(frames[i].substring("event: data\ndata:".length())).forEach(told::add);
            assertThat(frames[i + 1]).startsWith("event: control\ndata:{\"streamNextOffset\":\"");
        }
        assertThat(told).isEqualTo(shown());
        assertThat(frames[frames.length - 1])
                .contains("\"streamNextOffset\":\"" + String.format("%018d", told.size()), "\"streamClosed\":true");
        assertThat(get(FCMP + "?live=sse&offset=now").headers().firstValue("Stream-SSE-Data-Encoding"))
                .isEmpty();
    }

    @Test
    void an_event_arrives_while_the_client_follows() throws Exception {
        asking();
        start().prints("session s-1");
        Awaitility.await().atMost(PATIENCE).until(() -> shown().size() == 2);
        try (Socket socket = RawHttp.open(api.port(), RawHttp.request("GET", FCMP + "?live=sse&offset=2"))) {
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);
            core.processes.process(RUN, 1).prints("say Hello");
            StringBuilder read = new StringBuilder();
            byte[] piece = new byte[8192];
            while (!read.toString().contains("\"text\":\"Hello\"")) {
                int count = socket.getInputStream().read(piece);
                assertThat(count).isPositive();
                read.append(new String(piece, 0, count, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void a_long_history_is_had_part_by_part() throws Exception {
        asking();
        var process = start().prints("session s-1");
        for (int i = 0; i < 600; i++) {
            process.prints("say message " + i);
        }
        cancel();
        List<JsonNode> told = new ArrayList<>();
        String offset = "-1";
        boolean closed = false;
        while (!closed) {
            HttpResponse<String> part = get(FCMP + "?offset=" + offset);
            assertThat(array(part).size()).isBetween(1, 500);
            told.addAll(array(part));
            offset = next(part);
            closed = is(part, "Stream-Closed");
            assertThat(is(part, "Stream-Up-To-Date")).isEqualTo(closed);
        }

        assertThat(told).isEqualTo(shown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format=text", "format=json", "offset=x", "offset=1&offset=2", "live=sse", "live=x&offset=0"})
    void what_can_not_be_is_refused(String query) throws Exception {
        waiting();

        assertThat(get(FCMP + "?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void nobody_writes_and_what_does_not_exist_has_no_stream() throws Exception {
        waiting();

        assertThat(send("POST", FCMP, "[]", "Content-Type", "application/json").statusCode())
                .isEqualTo(405);
        assertThat(send("PUT", FCMP, "").statusCode()).isEqualTo(405);
        assertThat(get("/v1/streams/00000000-0000-4000-8000-00000000dead/fcmp").body())
                .contains("REQUEST_NOT_FOUND");
        assertThat(get("/v1/streams/" + REQUEST + "/rasp").statusCode()).isEqualTo(404);
    }

    private CompletableFuture<HttpResponse<String>> later(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return get(path);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<JsonNode> array(HttpResponse<String> answer) {
        List<JsonNode> events = new ArrayList<>();
        json(answer.body()).forEach(events::add);
        return events;
    }

    private static String next(HttpResponse<String> answer) {
        return answer.headers().firstValue("Stream-Next-Offset").orElseThrow();
    }

    private static boolean is(HttpResponse<String> answer, String header) {
        return answer.headers().firstValue(header).filter("true"::equals).isPresent();
    }
}
