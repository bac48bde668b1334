package skillrunner.http;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.http.EventClient.Frame;

import static org.assertj.core.api.Assertions.assertThat;

class EventRoutesTest extends HttpTestBed {
    private static final String EVENTS = JOB + "/events";

    EventRoutesTest(@TempDir Path temporary) {
        super(temporary);
        running();
    }

    @Test
    void a_stream_tells_the_state_then_the_output_then_the_end() throws Exception {
        write(OutputStreamKind.STDOUT, "one\ntwo \u4e2d\r\n");
        write(OutputStreamKind.STDERR, "trouble");
        cancel();

        try (EventClient client = open(EVENTS)) {
            assertThat(client.head)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("Content-Type: text/event-stream;charset=utf-8")
                    .containsIgnoringCase("Cache-Control: no-cache\n")
                    .containsIgnoringCase("X-Accel-Buffering: no\n")
                    .doesNotContainIgnoringCase("Content-Encoding");
            List<Frame> frames = client.rest();

            assertThat(frames).extracting(Frame::name).containsExactly("snapshot", "stdout", "stderr", "status", "end");
            assertThat(frames.get(0).lines())
                    .containsExactly(
                            "retry: 3000",
                            "event: snapshot",
                            "data: {\"status\":\"canceled\",\"stdout_offset\":0,\"stderr_offset\":0}",
                            "id: 0.0.0");
            assertThat(frames.get(1).lines())
                    .containsExactly(
                            "event: stdout",
                            "data: {\"from\":0,\"to\":13,\"chunk\":\"one\\ntwo \u4e2d\\r\\n\"}",
                            "id: 13.0.0");
            assertThat(frames.get(2).id()).contains("13.7.0");
            assertThat(frames.get(3).data().toString())
                    .isEqualTo("{\"status\":\"canceled\",\"updated_at\":\"2026-11-22T08:30:00.123456Z\","
                            + "\"error_code\":\"CANCELED_BY_USER\"}");
            assertThat(frames.get(4).data().get("reason").stringValue()).isEqualTo("terminal");
        }
        released();
    }

    @Test
    void output_and_states_arrive_while_they_happen() throws Exception {
        try (EventClient client = open(EVENTS)) {
            assertThat(client.next().orElseThrow().name()).isEqualTo("snapshot");

            write(OutputStreamKind.STDOUT, "live");
            core.server().signals.wake(RUN);
            assertThat(client.next().orElseThrow().chunk()).isEqualTo("live");

            cancel();
            assertThat(client.rest()).extracting(Frame::name).containsExactly("status", "end");
        }
    }

    @Test
    void silence_is_broken_by_heartbeats_without_an_id() throws Exception {
        try (EventClient client = open(EVENTS)) {
            client.any();

            Frame beat = client.any().orElseThrow();

            assertThat(beat.lines())
                    .containsExactly("event: heartbeat", "data: {\"ts\":\"2026-11-22T08:30:00.123456Z\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?stdout_from=3&stderr_from=2, '', 3, 2, 3.2.0",
        "'', 3.2.0, 3, 2, 3.2.0",
        "?stdout_from=1, 3.2.9, 3, 2, 3.2.0",
        "?stdout_from=1, 3.2, 1, 0, 1.0.0",
        "?stdout_from=1, 3.2., 1, 0, 1.0.0",
        "?stdout_from=1, nonsense, 1, 0, 1.0.0",
        "?stdout_from=999999, '', 6, 0, 6.0.0"
    })
    void a_client_goes_on_where_it_was(String query, String lastEventId, long stdout, long stderr, String id)
            throws Exception {
        write(OutputStreamKind.STDOUT, "abcdef");
        write(OutputStreamKind.STDERR, "xyz");
        cancel();

        try (EventClient client =
                lastEventId.isEmpty() ? open(EVENTS + query) : open(EVENTS + query, "Last-Event-ID: " + lastEventId)) {
            List<Frame> frames = client.rest();

            Frame snapshot = frames.get(0);
            assertThat(snapshot.data().get("stdout_offset").longValue()).isEqualTo(stdout);
            assertThat(snapshot.data().get("stderr_offset").longValue()).isEqualTo(stderr);
            assertThat(snapshot.id()).contains(id);
            assertThat(text(frames, "stdout")).isEqualTo("abcdef".substring((int) stdout));
            assertThat(text(frames, "stderr")).isEqualTo("xyz".substring((int) stderr));
        }
    }

    @Test
    void a_client_that_has_everything_of_an_ended_run_is_told_to_stop() throws Exception {
        cancel();

        RawHttp answer = RawHttp.get(api.port(), EVENTS, "Last-Event-ID: 0.0.0");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(events.openStreams()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stdout_from=-1",
                "stdout_from=a",
                "stdout_from=",
                "stdout_from=1.5",
                "stderr_from=1e3",
                "stderr_from=%2B1",
                "stderr_from=99999999999999999999"
            })
    void an_offset_that_is_none_is_refused(String query) throws Exception {
        RawHttp answer = RawHttp.get(api.port(), EVENTS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("REQUEST_INVALID", "\"/" + query.substring(0, query.indexOf('=')) + "\"");
        assertThat(events.openStreams()).isZero();
    }

    @Test
    void too_many_clients_of_one_run_are_told_to_come_back_later() throws Exception {
        List<EventClient> clients = List.of(open(EVENTS), open(EVENTS), open(EVENTS));

        RawHttp refused = RawHttp.get(api.port(), EVENTS);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.has("Retry-After", "5")).isTrue();
        assertThat(refused.body()).contains("STREAMS_EXHAUSTED");
        for (EventClient client : clients) {
            client.close();
        }
        released();
        try (EventClient again = open(EVENTS)) {
            assertThat(again.head).startsWith("HTTP/1.1 200 ");
        }
    }

    /** One count for all ways to follow a run. */
    @Test
    void who_comes_too_late_is_told_so_at_every_address() throws Exception {
        List<EventClient> clients = List.of(open(EVENTS), open(EVENTS), open(EVENTS));

        for (String address : List.of(
                EVENTS,
                "/v1/management/runs/" + REQUEST + "/events",
                "/v1/streams/" + REQUEST + "/stdout?offset=-1&live=sse",
                "/v1/streams/" + REQUEST + "/stderr?offset=-1&live=sse",
                "/v1/streams/" + REQUEST + "/fcmp?offset=-1&live=sse")) {
            HttpResponse<String> refused = get(address);
            assertThat(refused.statusCode()).as(address).isEqualTo(503);
            assertThat(json(refused.body()).get("code").stringValue())
                    .as(address)
                    .isEqualTo("STREAMS_EXHAUSTED");
        }
        for (EventClient client : clients) {
            client.close();
        }
    }

    @Test
    void a_client_that_hangs_up_is_let_go() throws Exception {
        EventClient client = open(EVENTS);
        client.next();
        assertThat(events.openStreams()).isEqualTo(1);

        client.close();

        released();
    }

    @Test
    @Tag("one-jdk")
    void a_backlog_of_some_megabytes_arrives_complete_and_in_order() throws Exception {
        String line = "line with \u00e4\u4e2d\ud83d\ude00 in it\n";
        write(OutputStreamKind.STDOUT, line.repeat(50_000));
        cancel();

        try (EventClient client = open(EVENTS)) {
            List<Frame> frames = client.rest();

            long expected = 0;
            for (Frame frame : frames) {
                if (frame.name().equals("stdout")) {
                    assertThat(frame.data().get("from").longValue()).isEqualTo(expected);
                    expected = frame.data().get("to").longValue();
                }
            }
            assertThat(expected).isEqualTo(core.output.size(RUN, OutputStreamKind.STDOUT));
            assertThat(text(frames, "stdout").equals(line.repeat(50_000))).isTrue();
            assertThat(frames.get(frames.size() - 1).name()).isEqualTo("end");
        }
    }

    @Test
    void a_client_that_does_not_read_keeps_nobody_waiting() throws Exception {
        write(OutputStreamKind.STDOUT, "0123456789abcdef".repeat(1 << 20));
        try (Socket lazy = RawHttp.open(api.port(), RawHttp.request("GET", EVENTS))) {
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);

            try (EventClient quick = open(EVENTS + "?stdout_from=" + ((16 << 20) - 4))) {
                quick.next();
                assertThat(quick.next().orElseThrow().chunk()).isEqualTo("cdef");
                write(OutputStreamKind.STDERR, "more");
                core.server().signals.wake(RUN);
                assertThat(quick.next().orElseThrow().chunk()).isEqualTo("more");
            }
            assertThat(lazy.isConnected()).isTrue();
        }
        released();
    }

    @Test
    void a_server_that_closes_ends_the_stream_without_an_end() throws Exception {
        try (EventClient client = open(EVENTS)) {
            client.next();

            api.close();

            assertThat(client.rest()).isEmpty();
        }
        assertThat(events.openStreams()).isZero();
    }

    @Test
    void a_run_that_is_deleted_ends_the_stream_without_an_end() throws Exception {
        try (EventClient client = open(EVENTS)) {
            client.next();

            core.runs.remove(RUN);
            core.server().signals.wake(RUN);

            assertThat(client.rest()).isEmpty();
        }
        assertThat(RawHttp.get(api.port(), EVENTS).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*", "application/json"})
    void what_a_client_says_it_accepts_changes_nothing(String accepted) throws Exception {
        cancel();

        try (EventClient client = open(EVENTS, "Accept: " + accepted)) {
            assertThat(client.rest()).extracting(Frame::name).containsExactly("snapshot", "status", "end");
        }
    }

    @Test
    void a_head_request_opens_no_stream() throws Exception {
        cancel();

        RawHttp answer = RawHttp.send(api.port(), RawHttp.request("HEAD", EVENTS));

        assertThat(answer.status()).isIn(200, 405);
        assertThat(answer.body()).isEmpty();
        released();
    }

    private EventClient open(String target, String... headers) throws Exception {
        return new EventClient(api.port(), target, headers);
    }

    private void released() {
        Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 0);
    }

    private static String text(List<Frame> frames, String stream) {
        return frames.stream()
                .filter(frame -> frame.name().equals(stream))
                .map(Frame::chunk)
                .collect(Collectors.joining());
    }
}
