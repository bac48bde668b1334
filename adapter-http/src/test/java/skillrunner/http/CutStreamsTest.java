package skillrunner.http;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.http.EventClient.Frame;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams that end before the run does: by the server's clock, by a client that does not read, by any cut. */
class CutStreamsTest extends HttpTestBed {
    private static final String EVENTS = JOB + "/events";
    private static final String LINE = "line with \u00e4\u4e2d\ud83d\ude00 in it\n";

    CutStreamsTest(@TempDir Path temporary) {
        super(temporary, Duration.ofSeconds(2), Duration.ofSeconds(2));
        running();
    }

    @Test
    void a_stream_is_closed_without_an_end_when_it_was_open_long_enough() throws Exception {
        write(OutputStreamKind.STDOUT, "before");
        String last;
        try (EventClient client = new EventClient(api.port(), EVENTS)) {
            List<Frame> frames = client.rest();

            assertThat(frames).extracting(Frame::name).containsExactly("snapshot", "stdout");
            last = frames.get(1).id().orElseThrow();
        }
        write(OutputStreamKind.STDOUT, " and after");
        cancel();
        try (EventClient client = new EventClient(api.port(), EVENTS, "Last-Event-ID: " + last)) {
            List<Frame> frames = client.rest();

            assertThat(frames).extracting(Frame::name).containsExactly("snapshot", "stdout", "status", "end");
            assertThat(frames.get(1).chunk()).isEqualTo(" and after");
        }
        released();
    }

    @Test
    @Tag("one-jdk")
    void a_client_that_stalls_is_let_go_and_the_others_are_not() throws Exception {
        write(OutputStreamKind.STDOUT, LINE.repeat(500_000));
        try (Socket stalled = RawHttp.open(api.port(), RawHttp.request("GET", EVENTS))) {
            assertThat(stalled.isConnected()).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() == 1);

            released();

            try (EventClient other = new EventClient(api.port(), EVENTS + "?stdout_from=999999999")) {
                assertThat(other.any().orElseThrow().name()).isEqualTo("snapshot");
                assertThat(other.any().orElseThrow().name()).isEqualTo("heartbeat");
            }
        }
    }

    @Test
    void a_stream_that_meets_an_error_is_ended_and_not_counted_for_ever() throws Exception {
        try (EventClient client = new EventClient(api.port(), EVENTS)) {
            assertThat(client.any().orElseThrow().name()).isEqualTo("snapshot");
            core.output.onRead(() -> {
                throw new StackOverflowError("planted");
            });

            core.server().signals.wake(RUN);

            released();
        }
        core.output.onRead(() -> {});
        write(OutputStreamKind.STDOUT, "all the same");
        try (EventClient client = new EventClient(api.port(), EVENTS)) {
            assertThat(client.any().orElseThrow().name()).isEqualTo("snapshot");
            assertThat(client.any().orElseThrow().chunk()).isEqualTo("all the same");
        }
    }

    @Test
    void a_stream_that_meets_an_error_when_it_begins_is_not_counted() throws Exception {
        core.output.onRead(() -> {
            throw new StackOverflowError("planted");
        });
        write(OutputStreamKind.STDOUT, "something");

        HttpResponse<String> answer = get(EVENTS + "?stdout_from=3");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("INTERNAL_ERROR").doesNotContain("planted");

        assertThat(events.openStreams()).isZero();
    }

    @Test
    void wherever_a_stream_is_cut_it_goes_on_without_a_byte_lost_or_doubled() throws Exception {
        Seeds.tryOn(1, draws -> {
            StringBuilder all = new StringBuilder();
            StringBuilder seen = new StringBuilder();
            long[] at = {0};
            for (int cut = 0; cut < 60; cut++) {
                // More than a frame most times: who was cut off is found out by what is written then.
                String more = LINE.repeat(draws.between(0, 2_000));
                all.append(more);
                write(OutputStreamKind.STDOUT, more);
                core.server().signals.wake(RUN);
                visit(draws, at, seen, draws.between(1, 8));
            }
            cancel();
            while (visit(draws, at, seen, 1_000)) {
                // comes back until the end is told
            }

            assertThat(seen.toString().contentEquals(all)).isTrue();
            assertThat(at[0]).isEqualTo(core.output.size(RUN, OutputStreamKind.STDOUT));
        });
        released();
    }

    /**
     * Takes some frames from where the client is, by offset or by the id of its last frame, and of a run that goes on none but
     * those there are. @return false at the end
     */
    private boolean visit(Draws draws, long[] at, StringBuilder seen, int frames) {
        // A cut is noticed at the next write, and no more than so many may follow a run.
        Awaitility.await().atMost(PATIENCE).until(() -> events.openStreams() < MAX_STREAMS_PER_RUN);
        boolean byId = draws.between(0, 1) == 1;
        try (EventClient client = byId
                ? new EventClient(api.port(), EVENTS + "?stdout_from=7", "Last-Event-ID: " + at[0] + ".0.0")
                : new EventClient(api.port(), EVENTS + "?stdout_from=" + at[0])) {
            boolean more = true;
            for (int i = 0; i < frames && more; i++) {
                Optional<Frame> next = client.next();
                if (next.isEmpty() || next.get().name().equals("end")) {
                    return next.isEmpty();
                }
                if (next.get().name().equals("stdout")) {
                    assertThat(next.get().data().get("from").longValue()).isEqualTo(at[0]);
                    at[0] = next.get().data().get("to").longValue();
                    seen.append(next.get().chunk());
                }
                more = core.runs.find(RUN).orElseThrow().status().isTerminal()
                        || at[0] < core.output.size(RUN, OutputStreamKind.STDOUT);
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What ends a thread with an error is told to whoever watches threads, and not to this test. */
    private void released() {
        Awaitility.await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> events.openStreams() == 0);
    }
}
