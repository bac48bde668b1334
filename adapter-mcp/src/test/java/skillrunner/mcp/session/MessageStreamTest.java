package skillrunner.mcp.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageStreamTest {
    private final MessageBudget budget = new MessageBudget(1_000_000);
    private final MessageStream stream = new MessageStream(3, budget);

    @Test
    void messages_come_in_their_order_and_each_once() {
        MessageFeed feed = stream.read(0, () -> {});
        stream.say("{\"a\":1}", false);
        stream.say("{\"a\":2}", false);

        assertThat(read(feed)).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(read(feed)).isEmpty();
        assertThat(feed.finished()).isFalse();
        stream.finish();
        assertThat(feed.finished()).isTrue();
    }

    /** Without it the head of the answer, too, would wait for the first thing that is said. */
    @Test
    void whoever_listens_is_answered_at_once() {
        MessageFeed feed = stream.read(0, () -> {});
        assertThat(feed.next().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains(": \n\n");
        assertThat(feed.next()).isEmpty();
        stream.say("1", false);
        assertThat(feed.next().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains("retry: 3000\nid: 3-1\nevent: message\ndata: 1\n\n");
    }

    @Test
    void of_news_that_pass_the_newest_waits() {
        stream.say("1", true);
        stream.say("2", true);
        stream.say("3", true);

        assertThat(read(stream.read(0, () -> {}))).containsExactly("3");
    }

    @Test
    void news_never_take_the_place_of_a_message() {
        stream.say("question", false);
        stream.say("1", true);
        stream.say("2", true);

        assertThat(read(stream.read(0, () -> {}))).containsExactly("question", "2");
    }

    @Test
    void whoever_comes_back_is_told_what_it_did_not_get() {
        MessageFeed first = stream.read(0, () -> {});
        stream.say("1", false);
        stream.say("2", false);
        read(first);
        first.close();
        stream.say("3", false);
        stream.finish();

        MessageFeed again = stream.read(1, () -> {});
        assertThat(read(again)).containsExactly("2", "3");
        assertThat(again.finished()).isTrue();
    }

    @Test
    void the_connection_that_came_last_reads_alone() {
        List<String> woken = new ArrayList<>();
        MessageFeed first = stream.read(0, () -> woken.add("first"));
        MessageFeed second = stream.read(0, () -> woken.add("second"));
        assertThat(woken).containsExactly("first");
        stream.say("1", false);

        assertThat(first.next()).isEmpty();
        assertThat(first.finished()).isTrue();
        assertThat(read(second)).containsExactly("1");
        first.close();
        assertThat(stream.isRead()).isTrue();
    }

    @Test
    void a_client_that_does_not_read_loses_the_stream_and_holds_little() {
        MessageFeed feed = stream.read(0, () -> {});
        for (int i = 0; i < MessageStream.MOST_MESSAGES + 1; i++) {
            stream.say("message", false);
        }

        assertThat(feed.finished()).isTrue();
        assertThat(feed.next()).isEmpty();
        assertThat(budget.held()).isZero();
    }

    @Test
    void what_all_hold_together_has_a_limit() {
        MessageStream other = new MessageStream(4, budget);
        other.say("x".repeat(450_000), false);
        stream.say("y".repeat(450_000), false);

        assertThat(stream.read(0, () -> {}).finished()).isTrue();
        other.abandon();
        assertThat(budget.held()).isZero();
    }

    @Test
    void of_what_was_sent_only_the_end_is_kept() {
        MessageFeed feed = stream.read(0, () -> {});
        for (int i = 0; i < 1_000; i++) {
            stream.say(Integer.toString(i), false);
            read(feed);
        }
        feed.close();

        assertThat(read(stream.read(0, () -> {}))).hasSizeLessThan(20).endsWith("999");
    }

    @Test
    void an_answer_that_is_there_at_once_needs_no_stream() {
        stream.say("only", false);
        assertThat(stream.onlyMessage()).isEmpty();
        stream.finish();
        assertThat(stream.onlyMessage()).contains("only");
        assertThat(budget.held()).isZero();
    }

    @Test
    void ids_of_events_are_read_back() {
        assertThat(MessageStream.Place.parse("3-7")).contains(new MessageStream.Place(3, 7));
        for (String none : List.of("", "3", "-", "a-b", "3-", "99999999999999999999-1")) {
            assertThat(MessageStream.Place.parse(none)).as(none).isEmpty();
        }
    }

    private static List<String> read(MessageFeed feed) {
        List<String> messages = new ArrayList<>();
        for (Optional<byte[]> event = feed.next(); event.isPresent(); event = feed.next()) {
            new String(event.get(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(line -> messages.add(line.substring(6)));
        }
        return messages;
    }
}
