package skillrunner.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.client.model.ChatEvent;
import skillrunner.client.model.Question;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.Stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every byte and every event once, whatever happens to the connection, and the receipt has the last word. */
class RunFollowerTest {
    private static final String EVENTS = "/v1/management/runs/r/events";
    private static final String RUN = "/v1/management/runs/r";
    private static final String PENDING = "/v1/management/runs/r/pending";
    private static final String RUNNING =
            event("snapshot", "{\"status\":\"running\",\"stdout_offset\":0,\"stderr_offset\":0}");
    private static final String SUCCEEDED =
            event("status", "{\"status\":\"succeeded\",\"updated_at\":\"2026-11-22T08:30:00.123456Z\"}");

    private ScriptedServer server;
    private SkillRunnerClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = SkillRunnerClient.of(server.address()).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Writes down what it is told. */
    private static class Told implements RunListener {
        final StringBuilder stdout = new StringBuilder();
        final StringBuilder stderr = new StringBuilder();
        final List<String> all = new ArrayList<>();

        @Override
        public void status(RunStatus status, @Nullable Stall stall) {
            all.add(status.wire());
        }

        @Override
        public void stdout(long from, String text) {
            assertThat(from).isEqualTo(stdout.toString().getBytes(StandardCharsets.UTF_8).length);
            stdout.append(text);
        }

        @Override
        public void stderr(long from, String text) {
            stderr.append(text);
        }

        @Override
        public void event(ChatEvent event) {
            all.add("event " + event.seq());
        }

        @Override
        public void heartbeat(Instant at) {
            all.add("heartbeat");
        }

        @Override
        public void reconnecting(Duration wait, IOException why) {
            all.add("reconnecting");
        }
    }

    @Test
    void a_stream_that_is_cut_is_taken_up_where_it_was_cut() throws Exception {
        server.on(
                        EVENTS,
                        ScriptedServer.events(
                                RUNNING, output("stdout", 0, "grüße "), "event: stdout\ndata: {\"from\":8"))
                .on(EVENTS, ScriptedServer.problem(503, "STREAMS_EXHAUSTED"))
                .on(EVENTS, ScriptedServer.answer(502, "text/html", "starting"))
                .on(
                        EVENTS,
                        ScriptedServer.events(
                                RUNNING,
                                output("stdout", 0, "grüße "),
                                output("stdout", 6, "e weiter"),
                                output("stderr", 0, "oh"),
                                event("heartbeat", "{\"ts\":\"2026-11-22T08:30:00.123456Z\"}"),
                                event("of_tomorrow", "{}"),
                                SUCCEEDED,
                                end("grüße weiter", "oh")));
        Told told = new Told();
        RunEnd end = client.follow("r").listen(told);
        assertThat(told.stdout).hasToString("grüße weiter");
        assertThat(told.stderr).hasToString("oh");
        assertThat(told.all)
                .containsExactly("running", "reconnecting", "reconnecting", "reconnecting", "heartbeat", "succeeded");
        assertThat(end.proof()).isEqualTo(Proof.PROVEN);
        assertThat(end.position()).isEqualTo(new Position(14, 2, 0));
        assertThat(server.targets().get(3)).isEqualTo(EVENTS + "?streams=log&stdout_from=8&stderr_from=0");
    }

    @Test
    void events_are_told_once_also_over_a_cut() throws Exception {
        server.on(EVENTS, ScriptedServer.events(RUNNING, chat(1), chat(2)))
                .on(EVENTS, ScriptedServer.events(RUNNING, chat(2), chat(4), SUCCEEDED, end("", "")));
        Told told = new Told();
        RunEnd end = client.follow("r").withEvents().listen(told);
        assertThat(told.all).containsExactly("running", "event 1", "event 2", "reconnecting", "event 4", "succeeded");
        assertThat(end.position().event()).isEqualTo(4);
        assertThat(server.targets().get(1)).endsWith("?streams=log,chat&stdout_from=0&stderr_from=0&cursor=2");
    }

    @Test
    void a_receipt_of_something_else_is_said() throws Exception {
        for (String receipt :
                List.of(receipt("hello", ""), receipt("hellO!", ""), receipt("hello!", "x"), receipt("hello! ", ""))) {
            try (ScriptedServer other = new ScriptedServer()) {
                other.on(
                                EVENTS,
                                ScriptedServer.events(
                                        RUNNING, output("stdout", 0, "hello!"), SUCCEEDED, ended(receipt)))
                        .on("/v1/streams/r/stdout", ScriptedServer.answer(200, "application/octet-stream", "ello!"))
                        .on("/v1/streams/r/stderr", ScriptedServer.answer(200, "application/octet-stream", ""));
                RunEnd end = SkillRunnerClient.of(other.address())
                        .build()
                        .follow("r")
                        .listen(new Told());
                assertThat(end.proof()).as(receipt).isEqualTo(Proof.MISMATCH);
                assertThat(end.doubt()).contains("receipt");
            }
        }
    }

    @Test
    void bytes_that_are_no_text_are_proven_as_bytes() throws Exception {
        byte[] bytes = {'a', (byte) 0xff, 'b'};
        server.on(
                        EVENTS,
                        ScriptedServer.events(
                                RUNNING,
                                event("stdout", "{\"from\":0,\"to\":3,\"chunk\":\"a\ufffdb\"}"),
                                SUCCEEDED,
                                ended(receipt(3, sha256(bytes), 0, sha256(new byte[0])))))
                .on("/v1/streams/r/stdout", (request, out) -> {
                    out.write("HTTP/1.1 200 X\r\nContent-Type: application/octet-stream\r\nContent-Length: 3\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    out.write(bytes);
                });
        StringBuilder text = new StringBuilder();
        RunEnd end = client.follow("r").listen(new RunListener() {
            @Override
            public void stdout(long from, String chunk) {
                text.append(chunk);
            }
        });
        assertThat(text).hasToString("a\ufffdb");
        assertThat(end.proof()).isEqualTo(Proof.PROVEN);
    }

    @Test
    void bytes_that_are_left_out_are_not_passed_over() {
        server.on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 3, "lo")));
        assertThatThrownBy(() -> client.follow("r").listen(new Told()))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("left out the bytes 0 to 3 of stdout");
    }

    @Test
    void what_is_no_stream_or_no_event_is_said() throws Exception {
        for (ScriptedServer.Script script : List.of(
                ScriptedServer.events(event("snapshot", "{")),
                ScriptedServer.events(event("snapshot", "null")),
                ScriptedServer.events(RUNNING, event("stdout", "{\"from\":5,\"to\":1,\"chunk\":\"x\"}")),
                ScriptedServer.answer(200, "text/html", "<html>"),
                ScriptedServer.answer(302, "text/html", ""),
                ScriptedServer.answer(500, "text/plain", "oops"))) {
            try (ScriptedServer other = new ScriptedServer()) {
                other.on(EVENTS, script);
                assertThatThrownBy(() -> SkillRunnerClient.of(other.address())
                                .build()
                                .follow("r")
                                .listen(new Told()))
                        .isInstanceOf(UnexpectedAnswerException.class);
            }
        }
    }

    @Test
    void an_event_without_end_is_not_kept() {
        server.on(EVENTS, (request, out) -> {
            out.write("HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\ndata: "
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] more = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(more);
            }
        });
        assertThatThrownBy(() -> client.follow("r").listen(new Told())).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void a_run_that_is_gone_ends_the_following() {
        server.on(EVENTS, ScriptedServer.events(RUNNING)).on(EVENTS, ScriptedServer.problem(404, "RUN_NOT_FOUND"));
        assertThatThrownBy(() -> client.follow("r").listen(new Told()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.status())
                        .isEqualTo(404));
    }

    @Test
    void who_has_everything_already_still_learns_how_it_ended() throws Exception {
        server.on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 0, "all")))
                .on(
                        EVENTS,
                        (request, out) -> out.write(
                                "HTTP/1.1 204 X\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .json(
                        RUN,
                        detail(
                                "failed",
                                "{\"code\":\"OF_TOMORROW\",\"message\":\"m\",\"stderr\":null}",
                                receipt("all", "")));
        RunEnd end = client.follow("r").listen(new Told());
        assertThat(end.status()).isEqualTo(RunStatus.FAILED);
        assertThat(end.errorCode()).isEqualTo("OF_TOMORROW");
        assertThat(end.proof()).isEqualTo(Proof.PROVEN);
    }

    @Test
    void a_question_is_told_once_and_waited_for_until_it_is_decided() throws Exception {
        String waiting = event(
                "snapshot",
                "{\"status\":\"waiting_user\",\"stdout_offset\":3,\"stderr_offset\":0,\"pending_interaction_id\":1}");
        String asked = event("end", "{\"reason\":\"waiting_user\"}");
        server.on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 0, "one"), asked))
                .on(EVENTS, ScriptedServer.events(waiting, asked))
                .on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 3, "two"), SUCCEEDED, end("two", "")))
                .json(PENDING, pending());
        List<String> questions = new ArrayList<>();
        Told told = new Told() {
            @Override
            public boolean question(Question question) {
                questions.add(question.prompt());
                return true;
            }
        };
        RunEnd end = client.follow("r").listen(told);
        assertThat(questions).containsExactly("Go on?");
        assertThat(told.stdout).hasToString("onetwo");
        assertThat(told.all).doesNotContain("reconnecting");
        assertThat(end.proof()).as("of the last process").isEqualTo(Proof.PROVEN);
    }

    @Test
    void whoever_does_not_wait_for_the_answer_goes_on_later() throws Exception {
        server.on(
                        EVENTS,
                        ScriptedServer.events(
                                RUNNING, output("stdout", 0, "one"), event("end", "{\"reason\":\"waiting_user\"}")))
                .on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 3, "two"), SUCCEEDED, end("two", "")))
                .json(PENDING, pending());
        RunEnd first = client.follow("r").listen(new Told() {
            @Override
            public boolean question(Question question) {
                return false;
            }
        });
        assertThat(first.reason()).isEqualTo(RunEnd.Reason.QUESTION);
        StringBuilder rest = new StringBuilder();
        RunEnd end = client.follow("r").from(first.position()).listen(new RunListener() {
            @Override
            public void stdout(long from, String text) {
                rest.append(from).append(text);
            }
        });
        assertThat(rest).hasToString("3two");
        assertThat(end.proof()).isEqualTo(Proof.PROVEN);
    }

    @Test
    void what_the_listener_throws_reaches_the_caller_and_is_no_cut() {
        server.on(EVENTS, ScriptedServer.events(RUNNING, output("stdout", 0, "x")));
        IOException closed = new IOException("the pipe is closed");
        assertThatThrownBy(() -> client.follow("r").listen(new RunListener() {
                    @Override
                    public void stdout(long from, String text) throws IOException {
                        throw closed;
                    }
                }))
                .isSameAs(closed);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_server_that_does_not_come_back_is_given_up() throws Exception {
        RunFollower follower = client.follow("r").patience(Duration.ofMillis(1));
        server.close();
        assertThatThrownBy(() -> follower.listen(new Told()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no server");
    }

    @Test
    void the_status_alone_costs_no_output() throws Exception {
        server.on(EVENTS, ScriptedServer.events(RUNNING, chat(1), output("stdout", 0, "x"), SUCCEEDED, end("x", "")));
        Told told = new Told();
        RunEnd end = client.follow("r").withoutOutput().listen(told);
        assertThat(told.all).containsExactly("running", "succeeded");
        assertThat(told.stdout).isEmpty();
        assertThat(end.proof()).isEqualTo(Proof.NOT_FOLLOWED);
        assertThat(server.targets().get(0)).doesNotContain("log");
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\nid: 0.0.0\n\n";
    }

    private static String output(String stream, int from, String text) {
        int to = from + text.getBytes(StandardCharsets.UTF_8).length;
        return event(stream, "{\"from\":" + from + ",\"to\":" + to + ",\"chunk\":\"" + text + "\"}");
    }

    private static String chat(int seq) {
        return event(
                "chat_event",
                "{\"protocol_version\":\"fcmp/1.0\",\"run_id\":\"x\",\"seq\":" + seq
                        + ",\"ts\":\"2026-11-22T08:30:00.123456Z\",\"engine\":\"codex\",\"type\":\"assistant.reasoning\",\"data\":{\"a\":null},"
                        + "\"meta\":{\"attempt\":1,\"local_seq\":1}}");
    }

    private static String end(String stdout, String stderr) {
        return ended(receipt(stdout, stderr));
    }

    private static String ended(String receipt) {
        return event("end", "{\"reason\":\"terminal\",\"receipt\":" + receipt + "}");
    }

    private static String receipt(String stdout, String stderr) {
        byte[] out = stdout.getBytes(StandardCharsets.UTF_8);
        byte[] err = stderr.getBytes(StandardCharsets.UTF_8);
        return receipt(out.length, sha256(out), err.length, sha256(err));
    }

    private static String receipt(int out, String outDigest, int err, String errDigest) {
        return "{\"attempt\":1,\"exit_code\":0,\"stdout\":{\"bytes\":" + out + ",\"sha256\":\"" + outDigest
                + "\"},\"stderr\":{\"bytes\":" + err + ",\"sha256\":\"" + errDigest + "\"}}";
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = FollowedOutput.sha256();
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    private static String pending() {
        return "{\"request_id\":\"r\",\"status\":\"waiting_user\",\"interactive_profile\":{\"kind\":\"resumable\",\"reason\":\"x\","
                + "\"session_timeout_sec\":60},\"pending\":{\"interaction_id\":1,\"kind\":\"confirm\",\"prompt\":\"Go on?\",\"options\":[],"
                + "\"ui_hints\":{},\"default_decision_policy\":\"none\",\"required_fields\":[],\"attempt_number\":1,"
                + "\"created_at\":\"2026-11-22T08:30:00.123456Z\",\"deadline\":null}}";
    }

    private static String detail(String status, String error, String receipt) {
        return "{\"request_id\":\"r\",\"kind\":\"job\",\"run_id\":\"x\",\"status\":\"" + status
                + "\",\"engine\":\"codex\",\"skill_id\":\"demo\",\"created_at\":\"2026-11-22T08:30:00.123456Z\","
                + "\"updated_at\":\"2026-11-22T08:30:00.123456Z\",\"pending_interaction_id\":null,\"interaction_count\":0,"
                + "\"auto_decision_count\":0,\"last_auto_decision_at\":null,\"recovery_state\":\"none\",\"recovered_at\":null,"
                + "\"recovery_reason\":null,\"poll_logs\":false,\"cancel_requested\":false,\"cache_hit\":false,\"queue_position\":null,"
                + "\"warnings\":[],\"error\":" + error
                + ",\"request\":{\"engine\":\"codex\",\"model\":null,\"input\":{},\"parameter\":{},"
                + "\"runtime_options\":{}},\"process_isolation\":null,\"milestones\":[],\"receipt\":" + receipt
                + ",\"processes\":null,\"tokens\":null,\"models\":[],\"stall\":null}";
    }
}
