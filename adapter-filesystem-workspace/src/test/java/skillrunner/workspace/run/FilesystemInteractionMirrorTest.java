package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.interaction.InteractiveState;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.RunStatus;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.workspace.run.TestRuns.RUN;

/** Questions as files, for each way in which they can go on. */
class FilesystemInteractionMirrorTest {
    /** A whole second and nanoseconds: what a clock tells is not always six digits long. */
    private static final Instant ASKED = Instant.parse("2026-11-29T12:00:00Z");

    private static final Instant DECIDED = Instant.parse("2026-11-29T12:00:01.123456789Z");

    private final JsonText json = new JacksonJson();

    @TempDir
    private Path data;

    private Path folder;
    private FilesystemInteractionMirror mirror;

    @BeforeEach
    void create() throws IOException {
        RunLayout layout = new RunLayout(data);
        mirror = new FilesystemInteractionMirror(layout, json);
        folder = Files.createDirectories(layout.run(RUN)).resolve("interactions");
    }

    @Test
    void a_pending_question_is_there_with_its_deadline_and_the_conversation() throws Exception {
        mirror.show(RUN, state(RunStatus.WAITING_USER, asked()));

        assertThat(read("pending.json")).contains("\"interaction_id\" : 1", "\"prompt\" : \"Which?\"");
        assertThat(json.parseObject(read("runtime_state.json")).orElseThrow())
                .hasToString("{status=waiting_user, attempt_number=1,"
                        + " interactive_profile={kind=resumable, reason=driver_resumes_sessions, session_timeout_sec=60},"
                        + " effective_session_timeout_sec=60,"
                        + " session_handle={engine=codex, handle_type=session_id, handle_value=s-1, created_at_turn=1},"
                        + " wait_deadline_at=2026-11-29T12:01:00.000000Z, pending_interaction_id=1,"
                        + " updated_at=2026-11-29T12:00:01.123456Z}");
        assertThat(read("history.jsonl"))
                .contains("\"event_type\":\"ask_user\"", "\"created_at\":\"2026-11-29T12:00:00.000000Z\"");
    }

    @Test
    void nothing_is_pending_once_it_is_answered() throws Exception {
        mirror.show(RUN, state(RunStatus.WAITING_USER, asked()));

        mirror.show(RUN, state(RunStatus.QUEUED, decided(DecidedBy.USER_REPLY)));

        assertThat(folder.resolve("pending.json")).doesNotExist();
        assertThat(read("history.jsonl").lines().toList().get(1))
                .isEqualTo(
                        "{\"created_at\":\"2026-11-29T12:00:01.123456Z\",\"event_type\":\"reply\","
                                + "\"interaction_id\":1,\"payload\":{\"resolution_mode\":\"user_reply\",\"response\":\"this\"}}");
        assertThat(json.parseObject(read("runtime_state.json")).orElseThrow())
                .containsEntry("status", "queued")
                .containsEntry("wait_deadline_at", null)
                .containsEntry("pending_interaction_id", null);
    }

    @Test
    void what_ended_without_an_answer_is_closed() throws Exception {
        for (DecidedBy by : List.of(DecidedBy.CANCEL, DecidedBy.WAIT_TIMEOUT, DecidedBy.INTERRUPTION)) {
            mirror.show(RUN, state(RunStatus.CANCELED, decided(by)));

            assertThat(folder.resolve("pending.json")).doesNotExist();
            assertThat(read("history.jsonl"))
                    .contains("\"event_type\":\"closed\"", "\"resolution_mode\":\"" + by.wire() + "\"");
        }
    }

    @Test
    void nothing_is_left_of_a_run_whose_folder_is_gone() throws Exception {
        Files.delete(folder.getParent());

        mirror.show(RUN, state(RunStatus.CANCELED, decided(DecidedBy.CANCEL)));

        assertThat(folder.getParent()).doesNotExist();
    }

    @Test
    void an_engine_that_keeps_running_is_shown_while_it_does() throws Exception {
        mirror.show(
                RUN,
                new InteractiveState(
                        RunStatus.WAITING_USER,
                        1,
                        new InteractiveProfile(InteractiveProfile.Kind.STICKY_PROCESS, 60),
                        Optional.of(new AgentProcess(42, "then", ProcessIsolation.PID_NAMESPACE)),
                        Optional.empty(),
                        List.of(asked()),
                        DECIDED));

        Map<String, Object> state = json.parseObject(read("runtime_state.json")).orElseThrow();
        assertThat(state.get("process_binding")).hasToString("{pid=42, alive=true}");
        assertThat(state.get("interactive_profile")).asString().contains("sticky_process");
        mirror.show(RUN, state(RunStatus.RUNNING, decided(DecidedBy.USER_REPLY)));
        assertThat(json.parseObject(read("runtime_state.json")).orElseThrow()).doesNotContainKey("process_binding");
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static InteractiveState state(RunStatus status, Interaction interaction) {
        return new InteractiveState(
                status,
                1,
                new InteractiveProfile(InteractiveProfile.Kind.RESUMABLE, 60),
                Optional.empty(),
                Optional.of(new InteractiveState.Session(EngineId.CODEX, "s-1", 1)),
                List.of(interaction),
                DECIDED);
    }

    private static Interaction asked() {
        return Interaction.asked(1, 1, Question.openText("Which?"), ASKED, Optional.of(ASKED.plusSeconds(60)));
    }

    private static Interaction decided(DecidedBy by) {
        Optional<Object> answer = by == DecidedBy.USER_REPLY ? Optional.of("this") : Optional.empty();
        return asked().decided(new Decision(answer, by, DECIDED));
    }
}
