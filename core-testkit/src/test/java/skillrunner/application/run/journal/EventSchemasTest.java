package skillrunner.application.run.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.FcmpMapper;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.journal.OrchestratorDraft;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.state.TransitionTable;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventSchemasTest {
    private static final Instant NOW = RunFixtures.NOW;

    private final RunFixtures fixtures = new RunFixtures();
    private final JournalRows rows =
            new JournalRows(fixtures.queuedRun(fixtures.awaitingRequest()).id(), EngineId.CODEX, ParserProfile.LINES);
    private final EventSchemas schemas = new EventSchemas(new StrictJson());

    static Stream<TransitionTable.Row<RunStatus, RunLifecycle.Event>> everyMove() {
        return RunLifecycle.TABLE.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("everyMove")
    void whatever_follows_from_a_move_has_the_promised_form(TransitionTable.Row<RunStatus, RunLifecycle.Event> row) {
        for (Optional<RunFailureCode> failure : failures(row.to())) {
            RunMove move = new RunMove(rows.run(), 1, 1, row.from(), row.on(), row.to(), failure, NOW);
            for (MoveEvents.Facts facts : everyFacts()) {
                assertThat(breaches(move, facts)).as("%s with %s", move, facts).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void every_warning_of_the_server_has_the_promised_form(DiagnosticCode code) {
        OrchestratorDraft draft =
                OrchestratorDraft.diagnostic(code, Optional.of("events.1.jsonl"), Optional.of("7 bytes"));

        assertThat(schemas.breach(JournalStream.ORCHESTRATOR, rows.orchestrator(draft, 1, 1, NOW)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(JournalStream.class)
    void an_event_without_a_field_or_with_another_field_is_refused(JournalStream stream) {
        Map<String, Object> sound = sound(stream);
        assertThat(schemas.breach(stream, sound)).isEmpty();

        Map<String, Object> more = new LinkedHashMap<>(sound);
        more.put("mood", "good");
        assertThat(schemas.breach(stream, more)).contains(": has a member of another name");
        Map<String, Object> other = new LinkedHashMap<>(sound);
        other.put("seq", 0);
        assertThat(schemas.breach(stream, other)).contains("/seq: is less than 1");
        sound.keySet().stream().filter(name -> !name.equals("raw_ref")).forEach(name -> {
            Map<String, Object> less = new LinkedHashMap<>(sound);
            less.remove(name);
            assertThat(schemas.breach(stream, less)).contains(": has no " + name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pattern\": \"a\"}",
                "{\"type\": \"date\"}",
                "{\"additionalProperties\": {}}",
                "{\"properties\": {\"a\": {\"maxLength\": 3}}}"
            })
    void a_schema_that_asks_for_what_is_not_checked_is_refused(String schema) {
        assertThatIllegalArgumentException().isThrownBy(() -> EventSchema.of(
                        new StrictJson().parseObject(schema).orElseThrow())
                .breach("2026-01-01"));
    }

    @Test
    void a_question_that_nobody_answered_tells_how_long_it_waited() {
        Interaction asked = Interaction.asked(
                1, 1, Question.openText("Which way?"), NOW, Optional.of(NOW.plus(Duration.ofMinutes(20))));
        RunMove move = new RunMove(
                rows.run(),
                3,
                2,
                RunStatus.WAITING_USER,
                RunLifecycle.Event.AUTO_DECIDED,
                RunStatus.QUEUED,
                Optional.empty(),
                NOW);

        assertThat(MoveEvents.fcmp(move, new MoveEvents.Facts(Optional.empty(), Optional.empty(), Optional.of(asked)))
                        .get(0)
                        .data())
                .containsEntry("timeout_sec", 1200L);
    }

    private List<String> breaches(RunMove move, MoveEvents.Facts facts) {
        List<String> breaches = new ArrayList<>();
        MoveEvents.orchestrator(move, facts)
                .forEach(draft -> schemas.breach(JournalStream.ORCHESTRATOR, rows.orchestrator(draft, 1, 1, NOW))
                        .ifPresent(breaches::add));
        FcmpMapper mapper = new FcmpMapper();
        for (RaspDraft draft : MoveEvents.rasp(move, facts)) {
            schemas.breach(JournalStream.RASP, rows.rasp(draft, 1, 1, NOW, Optional.of("s")))
                    .ifPresent(breaches::add);
            mapper.accept(draft).forEach(shown -> schemas.breach(JournalStream.FCMP, rows.fcmp(shown, 1, 1, 1, NOW))
                    .ifPresent(breaches::add));
        }
        MoveEvents.fcmp(move, facts).forEach(draft -> schemas.breach(JournalStream.FCMP, rows.fcmp(draft, 1, 1, 1, NOW))
                .ifPresent(breaches::add));
        return breaches;
    }

    private Map<String, Object> sound(JournalStream stream) {
        RunMove move = new RunMove(
                rows.run(),
                1,
                1,
                RunStatus.QUEUED,
                RunLifecycle.Event.TURN_STARTED,
                RunStatus.RUNNING,
                Optional.empty(),
                NOW);
        return switch (stream) {
            case ORCHESTRATOR ->
                rows.orchestrator(
                        MoveEvents.orchestrator(move, MoveEvents.Facts.NONE).get(0), 1, 1, NOW);
            case RASP -> rows.rasp(MoveEvents.rasp(move, MoveEvents.Facts.NONE).get(0), 1, 1, NOW, Optional.empty());
            case FCMP -> rows.fcmp(MoveEvents.fcmp(move, MoveEvents.Facts.NONE).get(0), 1, 1, 1, NOW);
        };
    }

    private static List<Optional<RunFailureCode>> failures(RunStatus to) {
        List<Optional<RunFailureCode>> failures = new ArrayList<>(List.of(Optional.empty()));
        if (to == RunStatus.FAILED || to == RunStatus.CANCELED) {
            Stream.of(RunFailureCode.values()).map(Optional::of).forEach(failures::add);
        }
        return failures;
    }

    private static List<MoveEvents.Facts> everyFacts() {
        List<MoveEvents.Facts> all = new ArrayList<>();
        for (Optional<Interaction> question : questions()) {
            all.add(new MoveEvents.Facts(Optional.empty(), Optional.empty(), question));
        }
        for (Completion.State state : Completion.State.values()) {
            all.add(new MoveEvents.Facts(
                    Optional.of(new Completion(state, "A_REASON", List.of(DiagnosticCode.values()))),
                    Optional.of(""),
                    Optional.empty()));
        }
        return all;
    }

    /** Lost, of every kind, and with every sort of decision. */
    private static List<Optional<Interaction>> questions() {
        List<Optional<Interaction>> all = new ArrayList<>(List.of(Optional.empty()));
        for (InteractionKind kind : InteractionKind.values()) {
            Interaction asked = Interaction.asked(
                    1,
                    1,
                    new Question(kind, "Which way?", List.of(), Map.of(), "left", List.of(), Optional.empty()),
                    NOW,
                    Optional.of(NOW));
            all.add(Optional.of(asked));
            for (Object response : List.of(" ", "words", 7, Map.of("text", "words"), Map.of("file", List.of()))) {
                all.add(Optional.of(asked.decided(new Decision(Optional.of(response), DecidedBy.USER_REPLY, NOW))));
            }
            all.add(Optional.of(asked.decided(new Decision(Optional.empty(), DecidedBy.AUTO_DECIDE_TIMEOUT, NOW))));
        }
        return all;
    }
}
