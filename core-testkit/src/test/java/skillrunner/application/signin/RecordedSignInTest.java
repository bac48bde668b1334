package skillrunner.application.signin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.signin.FolderSignInRecords;
import skillrunner.testkit.signin.InMemorySignInRecords;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedSignInTest {
    private final ManualClock clock = new ManualClock();
    private final SignInSession started = SignInSession.started(
            new SignInId(SequentialIds.id(1)),
            SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK),
            clock.instant(),
            Duration.ofMinutes(15));

    @Test
    void what_happens_before_its_folder_is_there_follows_on_its_beginning() {
        InMemorySignInRecords records = new InMemorySignInRecords();
        RecordedSignIn session = new RecordedSignIn(started, records, clock, () -> {});

        session.line("forced_poll_for_new_start", Map.of());
        session.cancel();
        assertThat(records.sessions()).isEmpty();
        assertThat(records.leftBehind()).isEmpty();
        session.open();

        assertThat(records.of(started.id()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("session_started").contains("status=starting"),
                        line -> assertThat(line).startsWith("forced_poll_for_new_start"),
                        line -> assertThat(line).startsWith("state_changed").contains("from=starting", "to=canceled"));
        assertThat(records.leftBehind())
                .singleElement()
                .extracting(KeptSignIn::status)
                .isEqualTo(session.session().status());
    }

    /** Whatever its driver began goes on for a while, and tells what becomes of it. */
    @Test
    void of_one_that_never_came_to_be_nothing_is_kept_afterwards(@TempDir Path root) {
        FolderSignInRecords records = new FolderSignInRecords(root);
        RecordedSignIn session = new RecordedSignIn(started, records, clock, () -> {});
        session.open();

        session.discard();
        session.line("callback_received", Map.of());
        session.note("cli_pid", 7);
        session.asked(SignInPrompt.page("https://provider.example/", SignInInputKind.TEXT), Optional.empty());
        session.failed(SignInFault.BROKE_OFF.saying("it broke off"));

        assertThat(root).isEmptyDirectory();
        assertThat(records.leftBehind()).isEmpty();
    }
}
