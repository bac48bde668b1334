package skillrunner.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.EventClient.Frame;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to a run, live: only for who asks for it, each event once, and from wherever a client was. */
class ChatEventsTest extends ConversationTestBed {
    private static final String EVENTS = JOB + "/events";

    ChatEventsTest(@TempDir Path temporary) {
        super(temporary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?streams=log", "?stdout_from=0"})
    void nobody_is_told_events_who_does_not_ask_for_them(String query) throws Exception {
        waiting();

        assertThat(read(EVENTS + query)).extracting(Frame::name).doesNotContain("chat_event");
        assertThat(read(EVENTS + query).get(0).data().has("cursor")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"?streams=chat, 0", "?streams=chat&cursor=2, 2", "?cursor=0, 0", "?streams=log&cursor=3, 3"})
    void whoever_asks_is_told_all_behind_the_cursor_in_their_order(String query, long cursor) throws Exception {
        waiting();
        int last = shown().size();

        List<Frame> frames = read(EVENTS + query);

        assertThat(frames.get(0).data().get("cursor").longValue()).isEqualTo(cursor);
        assertThat(chat(frames)).isEqualTo(shown().subList((int) cursor, last));
        assertThat(numbers(chat(frames)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(cursor + 1, last).boxed().toList());
        assertThat(frames).extracting(Frame::name).endsWith("chat_event", "status", "end");
        assertThat(frames.get(frames.size() - 1).id().orElseThrow()).endsWith("." + last);
    }

    @Test
    void output_is_left_out_for_who_wants_the_events_alone() throws Exception {
        waiting();

        assertThat(read(EVENTS + "?streams=chat"))
                .extracting(Frame::name)
                .doesNotContain("stdout", "stderr")
                .startsWith("snapshot")
                .endsWith("status", "end");
        assertThat(read(EVENTS + "?streams=chat,log")).extracting(Frame::name).contains("stdout", "chat_event");
    }

    @Test
    void a_cursor_behind_the_end_is_that_of_the_end_until_there_is_more() throws Exception {
        asking();
        start().prints("session s-1").prints("say Hello");
        Awaitility.await().atMost(PATIENCE).until(() -> shown().size() == 3);

        try (EventClient client = new EventClient(api.port(), EVENTS + "?streams=chat&cursor=500")) {
            assertThat(client.next().orElseThrow().data().get("cursor").longValue())
                    .isEqualTo(3);
            core.processes.process(RUN, 1).prints("say More");
            JsonNode next = client.next().orElseThrow().data();

            assertThat(next.get("seq").longValue()).isEqualTo(4);
            assertThat(next.get("data").get("text").stringValue()).isEqualTo("More");
        }
    }

    @Test
    void a_question_ends_the_stream_and_after_the_answer_only_what_is_new_is_told() throws Exception {
        waiting();
        List<Frame> first = read(EVENTS + "?streams=log,chat");
        String last = first.get(first.size() - 1).id().orElseThrow();
        assertThat(first.get(0).data().get("pending_interaction_id").intValue()).isEqualTo(1);
        assertThat(first.get(first.size() - 1).data().toString()).isEqualTo("{\"reason\":\"waiting_user\"}");

        core.processes.onLaunch(process -> process.prints("session s-1").answers("{\"__SKILL_DONE__\": true}"));
        assertThat(post(JOB + "/interaction/reply", "{\"interaction_id\": 1, \"response\": \"this\"}")
                        .statusCode())
                .isEqualTo(200);
        reaches(RunStatus.SUCCEEDED);
        List<Frame> second = read(EVENTS + "?streams=log,chat", "Last-Event-ID: " + last);

        List<JsonNode> both = new ArrayList<>(chat(first));
        both.addAll(chat(second));
        assertThat(both).isEqualTo(shown());
        assertThat(second.stream()
                        .filter(frame -> frame.name().equals("stdout"))
                        .findFirst()
                        .orElseThrow()
                        .chunk())
                .doesNotContain("Hello");
        assertThat(second.get(second.size() - 1)
                        .data()
                        .get("receipt")
                        .get("attempt")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "?streams=chat&cursor=0, 0.0.4, 4",
        "?streams=chat&cursor=4, 0.0.1, 1",
        "?streams=chat&cursor=2, 0.0, 2",
        "?streams=chat&cursor=2, nonsense, 2",
        "?streams=chat&cursor=2, 0.0.-1, 2",
        "?streams=chat&cursor=2, 1.2.3.4, 2",
        "?streams=chat&cursor=2, 0.0.99999999999999999999, 2"
    })
    void the_header_of_a_browser_counts_more_than_its_old_address_if_it_can_be_read(
            String query, String header, long cursor) throws Exception {
        waiting();

        List<Frame> frames = read(EVENTS + query, "Last-Event-ID: " + header);

        assertThat(numbers(chat(frames)).get(0)).isEqualTo(cursor + 1);
    }

    @Test
    void the_header_alone_asks_for_no_events() throws Exception {
        waiting();

        assertThat(read(EVENTS, "Last-Event-ID: 0.0.1")).extracting(Frame::name).doesNotContain("chat_event");
    }

    @Test
    void who_has_every_event_of_an_ended_run_is_told_to_stop_and_nobody_else() throws Exception {
        answeredInTwoTurns();
        int last = shown().size();
        String chat = EVENTS + "?streams=chat";

        assertThat(status(chat, "Last-Event-ID: 0.0." + last)).isEqualTo(204);
        assertThat(status(chat, "Last-Event-ID: 0.0." + (last - 1))).isEqualTo(200);
        assertThat(status(chat + "&cursor=" + last)).isEqualTo(200);
        assertThat(status(EVENTS + "?streams=log,chat", "Last-Event-ID: 0.0." + last))
                .isEqualTo(200);
    }

    @Test
    void wherever_a_client_is_cut_off_it_gathers_what_the_history_says() throws Exception {
        answeredInTwoTurns();
        List<JsonNode> history = shown();

        Seeds.tryOn(5, draws -> assertThat(gathered(draws, history.size())).isEqualTo(history));
    }

    @Test
    void what_is_too_long_to_be_held_is_told_whole_and_in_its_place() throws Exception {
        talkative();

        List<Frame> frames = read(EVENTS + "?streams=log,chat");

        assertThat(chat(frames)).isEqualTo(shown());
        assertThat(frames).extracting(Frame::name).endsWith("chat_event", "status", "end");
        assertThat(frames).allSatisfy(frame -> {
            if (frame.name().equals("chat_event")) {
                assertThat(frame.id().orElseThrow())
                        .endsWith("." + frame.data().get("seq").longValue());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=-1", "cursor=x", "cursor=", "streams=", "streams=foo", "streams=log,foo"})
    void what_can_not_be_is_refused_before_any_frame(String query) throws Exception {
        waiting();

        assertThat(get(EVENTS + "?" + query).statusCode()).isEqualTo(400);
        assertThat(get(EVENTS + "?" + query).body())
                .contains("REQUEST_INVALID", "\"/" + query.substring(0, query.indexOf('=')) + "\"");
    }

    /** Takes some frames at a time, and goes on by cursor or by the id of the last frame. */
    private List<JsonNode> gathered(Draws draws, int all) {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < all) {
            // A cut is noticed at the next write, and no more than so many may follow a run.
            Awaitility.await().atMost(PATIENCE).until(() -> this.events.openStreams() < MAX_STREAMS_PER_RUN);
            try (EventClient client = draws.between(0, 1) == 0
                    ? new EventClient(api.port(), EVENTS + "?streams=chat&cursor=" + events.size())
                    : new EventClient(api.port(), EVENTS + "?streams=chat", "Last-Event-ID: 0.0." + events.size())) {
                for (int left = draws.between(1, 6); left > 0; left--) {
                    Optional<Frame> frame = client.next();
                    frame.filter(next -> next.name().equals("chat_event")).ifPresent(next -> events.add(next.data()));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return events;
    }

    private List<Frame> read(String path, String... headers) throws IOException {
        try (EventClient client = new EventClient(api.port(), path, headers)) {
            return client.rest();
        }
    }

    private int status(String path, String... headers) throws IOException {
        try (EventClient client = new EventClient(api.port(), path, headers)) {
            return Integer.parseInt(client.head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
        }
    }

    private static List<JsonNode> chat(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.name().equals("chat_event"))
                .map(Frame::data)
                .toList();
    }
}
