package skillrunner.engines.opencode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.SessionExport;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Captured;

import static org.assertj.core.api.Assertions.assertThat;

/** A session of two turns as opencode 1.18.33 tells it: the first asks, the second calls a tool and answers. */
class OpencodeExportTest {
    private static final String SESSION = "ses_dd8c216e1ffeC6SRRPpzuqMKWQ";
    private static final Instant BETWEEN = Instant.ofEpochMilli(1_795_954_720_000L);

    private final OpencodeDriver driver = new OpencodeDriver();
    private final SessionExport export = driver.sessionExport().orElseThrow();
    private final String captured = new String(Captured.stream("opencode", "export", "stdout"), StandardCharsets.UTF_8);

    @Test
    void a_session_is_asked_for_without_what_others_have_plugged_in() {
        assertThat(export.arguments(SESSION)).containsExactly("export", "--pure", SESSION);
    }

    @Test
    void only_what_was_said_since_counts() {
        TurnOutcome outcome = outcome(captured, BETWEEN);

        assertThat(outcome.finalText()).contains("{\"status\":\"ok\",\"turn\":2,\"note\":\"stand-in\"}");
        assertThat(outcome.closing()).isInstanceOf(Closing.Completed.class);
        assertThat(outcome.sessionHandle()).contains(SESSION);
        assertThat(outcome.told().tokens()).isPresent();
    }

    @Test
    void an_earlier_answer_is_no_answer_to_this_turn() {
        assertThat(events(captured, SESSION, Instant.ofEpochMilli(1_795_954_746_000L)))
                .isEmpty();
    }

    @Test
    void a_failed_answer_is_one() {
        String failed = captured.replace(
                "\"modelID\"",
                "\"error\": {\"name\": \"APIError\", \"data\":"
                        + " {\"message\": \"gone\", \"statusCode\": 404}}, \"modelID\"");

        assertThat(outcome(failed, BETWEEN).closing()).isEqualTo(new Closing.Failed("gone"));
    }

    @Test
    void another_session_is_not_believed() {
        assertThat(events(captured, "ses_other", Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"info\": {\"id\": \"" + SESSION + "\"}, \"messages\": {\"a\": 1}}",
                "{\"info\": {\"id\": \"" + SESSION + "\"}, \"messages\": [1, null, {\"info\": 7, \"parts\": 8}]}",
                "{\"info\": {\"id\": \"" + SESSION + "\"}, \"messages\": [{\"info\": {\"role\": \"assistant\","
                        + " \"time\": {\"created\": \"late\"}}, \"parts\": [{\"type\": \"text\", \"text\": \"x\"}]}]}",
                "{\"info\": {\"id\": \"" + SESSION + "\"}, \"messages\": [{\"info\": {\"role\": \"assistant\","
                        + " \"time\": {\"created\": 1e18}}, \"parts\": [1, {\"type\": []}, {\"type\": \"unheard-of\"}]}]}",
            })
    void what_is_no_session_says_nothing(String document) {
        assertThat(events(document, SESSION, BETWEEN)).isEmpty();
    }

    private TurnOutcome outcome(String document, Instant since) {
        TurnAccount account = new TurnAccount(driver::signIn);
        export.read(document, SESSION, since, account);
        return account.outcome();
    }

    private List<EngineEvent> events(String document, String session, Instant since) {
        List<EngineEvent> events = new ArrayList<>();
        export.read(document, session, since, events::add);
        return events;
    }
}
