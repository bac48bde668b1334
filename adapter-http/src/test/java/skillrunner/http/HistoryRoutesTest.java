package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.journal.JournalStream;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class HistoryRoutesTest extends ConversationTestBed {
    private static final String PROTOCOL = MANAGED + "/protocol/history?stream=";

    HistoryRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void what_a_front_end_shows_is_numbered_over_all_attempts() throws Exception {
        answeredInTwoTurns();

        List<JsonNode> all = shown();
        List<JsonNode> first = events(get(PROTOCOL + "fcmp&attempt=1").body());
        List<JsonNode> second = events(get(PROTOCOL + "fcmp&attempt=2").body());

        assertThat(numbers(all))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(numbers(second).get(0)).isEqualTo(first.size() + 1L);
        assertThat(second.get(0).get("meta").toString()).isEqualTo("{\"attempt\":2,\"local_seq\":1}");
        assertThat(types(second)).startsWith("interaction.reply.accepted", "conversation.state.changed");
        assertThat(first.size() + second.size()).isEqualTo(all.size());
        assertThat(get(MANAGED + "/events/history").body())
                .isEqualTo(get(JOB + "/events/history").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rasp", "orchestrator"})
    void the_other_streams_are_numbered_in_each_attempt(String stream) throws Exception {
        answeredInTwoTurns();

        for (int attempt = 1; attempt <= 2; attempt++) {
            String body = get(PROTOCOL + stream + "&attempt=" + attempt).body();
            assertThat(numbers(events(body)).get(0)).isEqualTo(1L);
            assertThat(json(body).get("stream").stringValue()).isEqualTo(stream);
            assertThat(events(body))
                    .allSatisfy(event -> assertThat(event.get("attempt_number").intValue())
                            .isEqualTo(json(body).get("attempt").intValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fcmp", "FCMP", "%20Fcmp%20"})
    void the_newest_attempt_is_told_if_none_is_named(String stream) throws Exception {
        answeredInTwoTurns();

        JsonNode answer = json(get(PROTOCOL + stream).body());

        assertThat(answer.get("request_id").stringValue()).isEqualTo(REQUEST.value());
        assertThat(answer.get("stream").stringValue()).isEqualTo("fcmp");
        assertThat(answer.get("attempt").intValue()).isEqualTo(2);
        assertThat(answer.get("available_attempts").toString()).isEqualTo("[1,2]");
        assertThat(answer.get("count").intValue())
                .isEqualTo(answer.get("events").size());
        assertThat(answer.get("truncated").booleanValue()).isFalse();
        assertThat(answer.has("next_seq")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "from_seq=3&to_seq=5, '3,4,5'",
        "from_seq=5&to_seq=3, ''",
        "to_seq=1, '1'",
        "to_seq=0, ''",
        "from_seq=999999999999999999, ''",
        "from_ts=2100-01-01T00:00:00Z, ''",
        "to_ts=1999-01-01T00:00:00, ''",
        "limit=2, '1,2'",
        "from_seq=2&limit=1, '2'"
    })
    void events_are_chosen_by_number_and_moment(String query, String numbers) throws Exception {
        waiting();
        List<Long> wanted = numbers.isEmpty()
                ? List.of()
                : List.of(numbers.split(",")).stream().map(Long::valueOf).toList();

        assertThat(numbers(events(get(JOB + "/events/history?" + query).body())))
                .isEqualTo(wanted);
        assertThat(numbers(events(get(PROTOCOL + "fcmp&" + query).body()))).isEqualTo(wanted);
        assertThat(numbers(events(get(PROTOCOL + "rasp&" + query).body()))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from_ts=2026-11-22T08:30:00.123456Z",
                "from_ts=2026-11-22T08:30:00.123456",
                "from_ts=2026-11-22T16:30:00.123456%2B08:00",
                "from_ts=2026-11-22T16:30:00.123456+08:00",
                "to_ts=2026-11-22T08:30:00.123456Z"
            })
    void a_moment_without_a_zone_is_one_of_utc_and_limits_are_inclusive(String query) throws Exception {
        waiting();

        assertThat(events(get(JOB + "/events/history?" + query).body())).isEqualTo(shown());
    }

    @Test
    void what_was_left_out_for_the_limit_is_told_and_can_be_had() throws Exception {
        waiting();
        int count = shown().size();

        JsonNode part = json(get(JOB + "/events/history?limit=" + (count - 1)).body());
        JsonNode rest = json(
                get(JOB + "/events/history?from_seq=" + part.get("next_seq")).body());
        JsonNode exactly = json(get(JOB + "/events/history?limit=" + count).body());

        assertThat(part.get("truncated").booleanValue()).isTrue();
        assertThat(rest.get("count").intValue()).isEqualTo(1);
        assertThat(exactly.get("truncated").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "stream=, /stream",
        "'', /stream",
        "stream=foo, /stream",
        "stream=stdout, /stream",
        "stream=fcmp&attempt=0, /attempt",
        "stream=fcmp&attempt=-1, /attempt",
        "stream=fcmp&attempt=, /attempt",
        "stream=fcmp&attempt=one, /attempt",
        "stream=fcmp&attempt=9999999999, /attempt",
        "stream=fcmp&attempt=99, /attempt",
        "stream=fcmp&from_seq=-1, /from_seq",
        "stream=fcmp&to_seq=x, /to_seq",
        "stream=fcmp&to_seq=, /to_seq",
        "stream=fcmp&from_seq=9999999999999999999, /from_seq",
        "stream=fcmp&from_ts=garbage, /from_ts",
        "stream=fcmp&from_ts=, /from_ts",
        "stream=fcmp&to_ts=2026-13-40T00:00:00Z, /to_ts",
        "stream=fcmp&limit=0, /limit",
        "stream=fcmp&limit=5001, /limit",
        "stream=fcmp&limit=-5, /limit"
    })
    void what_can_not_be_is_refused_by_name(String query, String pointer) throws Exception {
        waiting();

        HttpResponse<String> answer = get(MANAGED + "/protocol/history?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("REQUEST_INVALID", "\"pointer\":\"" + pointer + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs/ID/events/history",
                "/v1/temp-skill-runs/ID/events/history",
                "/v1/management/runs/ID/events/history",
                "/v1/management/runs/ID/protocol/history?stream=fcmp"
            })
    void what_does_not_exist_has_no_history(String path) throws Exception {
        String none = path.replace("ID", "00000000-0000-4000-8000-00000000dead");
        assertThat(get(none).statusCode()).isEqualTo(404);
        assertThat(get(none).body()).contains("REQUEST_NOT_FOUND");
        awaiting();

        HttpResponse<String> waits = get(path.replace("ID", REQUEST.value()));

        assertThat(waits.statusCode()).isEqualTo(404);
        assertThat(waits.body()).contains(path.contains("temp") ? "REQUEST_NOT_FOUND" : "RUN_NOT_FOUND");
    }

    @Test
    void a_run_without_an_attempt_has_none_and_nothing_to_tell() throws Exception {
        queued();

        assertThat(get(PROTOCOL + "rasp&attempt=99").body())
                .contains("\"attempt\":99,\"available_attempts\":[],\"count\":0,\"truncated\":false,\"events\":[]");
        assertThat(json(get(PROTOCOL + "rasp").body()).get("attempt").intValue())
                .isEqualTo(1);
        assertThat(core.journal.attempts(RUN)).isEmpty();
    }

    @Test
    void a_run_that_is_canceled_before_its_start_tells_only_that() throws Exception {
        canceled();

        assertThat(types(shown())).containsExactly("conversation.state.changed", "conversation.failed");
        assertThat(shown().get(0).get("data").get("from").stringValue()).isEqualTo("queued");
        assertThat(shown().get(0).get("data").get("to").stringValue()).isEqualTo("canceled");
        assertThat(shown().get(1).get("data").get("error").get("code").stringValue())
                .isEqualTo("CANCELED_BY_USER");
        assertThat(types(events(get(PROTOCOL + "orchestrator").body()))).containsExactly("lifecycle.run.canceled");
    }

    @Test
    void a_run_that_is_canceled_while_it_waits_tells_it_in_the_attempt_that_asked() throws Exception {
        waiting();
        cancel();

        List<JsonNode> all = shown();
        JsonNode change = all.get(all.size() - 2);

        assertThat(change.get("data").get("from").stringValue()).isEqualTo("waiting_user");
        assertThat(change.get("data").get("trigger").stringValue()).isEqualTo("run.canceled");
        assertThat(change.get("meta").get("attempt").intValue()).isEqualTo(1);
        assertThat(types(all)).endsWith("conversation.failed").containsOnlyOnce("user.input.required");
    }

    @Test
    void what_was_told_once_never_changes() throws Exception {
        waiting();
        List<JsonNode> rasp = events(get(PROTOCOL + "rasp&attempt=1").body());
        List<JsonNode> shown = shown();

        cancel();

        assertThat(shown().subList(0, shown.size())).isEqualTo(shown);
        assertThat(events(get(PROTOCOL + "rasp&attempt=1").body()).subList(0, rasp.size()))
                .isEqualTo(rasp);
    }

    @Test
    void lines_that_are_no_events_are_passed_over() throws Exception {
        waiting();
        List<JsonNode> before = shown();
        core.journal.plant(RUN, JournalStream.FCMP, 1, "garbage \u0000");
        core.journal.plant(RUN, JournalStream.FCMP, 1, "{\"seq\": 99, \"torn");

        assertThat(shown()).isEqualTo(before);
        assertThat(get(PROTOCOL + "fcmp").statusCode()).isEqualTo(200);
    }

    @Test
    void events_without_a_number_get_that_of_their_place() throws Exception {
        queued();
        for (String seq : List.of("", "", "\"seq\": 7, ", "")) {
            core.journal.plant(
                    RUN,
                    JournalStream.ORCHESTRATOR,
                    1,
                    "{" + seq + "\"ts\": \"2026-11-22T08:30:00.000000Z\", \"attempt_number\": 1, "
                            + "\"category\": \"diagnostic\", \"type\": \"diagnostic.warning\", \"data\": {}}");
        }

        assertThat(numbers(events(get(PROTOCOL + "orchestrator").body()))).containsExactly(1L, 2L, 7L, 8L);
        assertThat(numbers(events(
                        get(PROTOCOL + "orchestrator&from_seq=2&to_seq=7").body())))
                .containsExactly(2L, 7L);
    }

    @Test
    void a_request_that_an_earlier_run_answers_tells_of_that_run() throws Exception {
        answered("{}");
        String again = core.create(
                        new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false))
                .id()
                .value();

        JsonNode history = json(get("/v1/jobs/" + again + "/events/history").body());

        assertThat(again).isNotEqualTo(REQUEST.value());
        assertThat(history.get("request_id").stringValue()).isEqualTo(again);
        assertThat(history.get("events").get(0).get("run_id").stringValue()).isEqualTo(RUN.value());
        assertThat(history.get("events").size()).isEqualTo(shown().size());
    }

    @Test
    void an_event_names_the_bytes_it_came_from() throws Exception {
        waiting();
        JsonNode message = shown().stream()
                .filter(event -> event.get("type").stringValue().equals("assistant.message.final"))
                .findFirst()
                .orElseThrow();
        JsonNode ref = message.get("raw_ref");

        JsonNode range =
                json(get(MANAGED + "/logs/range?stream=" + ref.get("stream").stringValue() + "&attempt="
                                + ref.get("attempt_number") + "&byte_from=" + ref.get("byte_from") + "&byte_to="
                                + ref.get("byte_to"))
                        .body());

        assertThat(range.get("chunk").stringValue()).isEqualTo("say Hello\n");
        assertThat(message.get("data").get("text").stringValue()).isEqualTo("Hello");
    }
}
