package skillrunner.contract;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerCheckTest {
    private static final String THING = "{\"name\":\"a\",\"size\":1,\"owner\":{\"name\":\"b\"}}";

    private final AnswerCheck check = new AnswerCheck(ApiDocument.parse(TestDocument.TEXT));

    private Optional<String> json(String body) {
        return breach("GET", "/things/5", 200, "application/json; charset=utf-8", body);
    }

    private Optional<String> breach(String method, String path, int status, String type, String body) {
        return check.breach(new Answer(method, path, status, Optional.of(type), Set.of("etag"), Optional.of(body)));
    }

    @Test
    void what_is_described_is_no_breach() {
        assertThat(json(THING)).isEmpty();
        assertThat(json("{\"name\":\"a\",\"size\":1,\"owner\":null}")).isEmpty();
        assertThat(breach("GET", "/things/5", 204, "", "")).isEmpty();
        assertThat(breach("HEAD", "/things/5", 200, "application/json", "")).isEmpty();
        assertThat(breach("POST", "/things/new", 200, "application/json", "{\"name\":\"a\"}"))
                .isEmpty();
    }

    @Test
    void a_slash_at_the_end_of_an_address_says_nothing() {
        assertThat(breach("GET", "/things/5/", 200, "application/json", THING)).isEmpty();
        assertThat(breach("GET", "/things/5/", 200, "application/json", "{}")).isPresent();
        assertThat(breach("GET", "/things/5//", 200, "application/json", THING)).isPresent();
    }

    @Test
    void nothing_is_said_of_what_is_left_out() {
        assertThat(breach("GET", "/page", 500, "text/html", "")).isEmpty();
        assertThat(breach("GET", "/page/of/something", 200, "text/html", "<p>")).isEmpty();
        assertThat(breach("GET", "/pages", 200, "text/html", "<p>")).isPresent();
    }

    @Test
    void another_status_another_type_and_a_missing_header_are_told() {
        assertThat(breach("GET", "/things/5", 202, "application/json", THING))
                .hasValueSatisfying(breach -> assertThat(breach)
                        .startsWith("GET /things/5 was answered 202, and GET /things/{id} has no such status"));
        assertThat(breach("GET", "/things/5", 200, "text/html", THING)).hasValueSatisfying(breach -> assertThat(breach)
                .contains("does not have the content type 'text/html'"));
        assertThat(check.breach(new Answer(
                        "GET", "/things/5", 200, Optional.of("application/json"), Set.of(), Optional.of(THING))))
                .hasValueSatisfying(breach -> assertThat(breach).contains("it has no header ETag"));
        assertThat(breach("GET", "/things/5", 204, "text/plain", "words")).isPresent();
    }

    @Test
    void members_that_are_wrong_missing_or_unnamed_are_told_at_any_depth() {
        assertThat(json(THING.replace("1", "\"1\"")))
                .hasValueSatisfying(breach -> assertThat(breach).contains("/size"));
        assertThat(json(THING.replace("\"size\":1,", "")))
                .hasValueSatisfying(breach -> assertThat(breach).contains("size"));
        assertThat(json(THING.replace("\"size\":1", "\"size\":1,\"age\":2")))
                .hasValueSatisfying(breach -> assertThat(breach).contains("age"));
        assertThat(json(THING.replace("\"b\"", "\"b\",\"age\":2"))).isPresent();
        assertThat(json("{")).hasValueSatisfying(breach -> assertThat(breach).contains("no JSON"));
    }

    @Test
    void an_address_that_is_not_there_may_only_say_so() {
        assertThat(breach("GET", "/none", 404, "application/problem+json", "{\"name\":\"a\"}"))
                .isEmpty();
        assertThat(breach("GET", "/none", 200, "application/json", "{}"))
                .hasValueSatisfying(breach -> assertThat(breach).contains("has no such operation"));
        assertThat(breach("PUT", "/things/5", 200, "application/json", THING)).isPresent();
    }

    @Test
    void each_event_of_a_stream_is_checked_and_a_cut_one_is_none() {
        String stream =
                "retry: 3\nevent: moved\ndata: {\"name\":\"a\"}\nid: 1\n\n: still here\n\nevent: note\ndata: words\n\nevent: mov";
        assertThat(breach("GET", "/things/5/follow", 200, "text/event-stream", stream))
                .isEmpty();
        assertThat(breach("GET", "/things/5/follow", 200, "text/event-stream", stream.replace("name", "nam")))
                .hasValueSatisfying(breach -> assertThat(breach).contains("in the event moved"));
        assertThat(breach("GET", "/things/5/follow", 200, "text/event-stream", stream.replace("note", "sung")))
                .hasValueSatisfying(breach -> assertThat(breach).contains("no event sung"));
    }
}
