package skillrunner.workspace.signin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;

class FilesystemSignInRecordsTest {
    @TempDir
    private Path root;

    private final ManualClock clock = new ManualClock();

    @Test
    void each_session_has_a_folder_and_a_line_for_what_happens() throws Exception {
        FilesystemSignInRecords records = records();
        SignInSession session = session(1);

        Path folder = Path.of(records.open(session));
        records.add(session, "state_changed", Map.of("from", "starting"));
        records.add(session, "session_finished", Map.of());

        Path events = folder.resolve("events.jsonl");
        assertThat(folder).isEqualTo(root.resolve("sessions/oauth_proxy/" + session.id()));
        assertThat(Files.readAllLines(events)).hasSize(2);
        assertThat(new JacksonJson().parseObject(Files.readAllLines(events).get(0)))
                .contains(Map.of(
                        "ts", "2026-01-02T03:04:05Z",
                        "type", "state_changed",
                        "transport", "oauth_proxy",
                        "session_id", session.id().value(),
                        "from", "starting"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(events)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_session_that_never_came_to_be_leaves_nothing() {
        FilesystemSignInRecords records = records();
        Path folder = Path.of(records.open(session(1)));
        records.add(session(1), "session_started", Map.of());

        records.discard(session(1).id());

        assertThat(folder).doesNotExist();
    }

    @Test
    void what_is_a_week_old_is_removed() throws Exception {
        FilesystemSignInRecords records = records();
        records.sweep();
        Path old = Path.of(records.open(session(1)));
        Path recent = Path.of(records.open(session(2)));
        Files.setLastModifiedTime(
                old, FileTime.from(clock.instant().minus(Duration.ofDays(7)).minusSeconds(1)));
        Files.setLastModifiedTime(recent, FileTime.from(clock.instant().minus(Duration.ofDays(7))));

        records.sweep();

        assertThat(old).doesNotExist();
        assertThat(recent).isDirectory();
    }

    @Test
    void a_line_that_can_not_be_written_is_in_nobodys_way() throws Exception {
        FilesystemSignInRecords records = records();
        Path folder = Path.of(records.open(session(1)));
        Path outside = Files.writeString(root.resolve("outside"), "untouched");
        for (String instead : List.of("link", "folder")) {
            Path events = folder.resolve("events.jsonl");
            if (instead.equals("link")) {
                Files.createSymbolicLink(events, outside);
            } else {
                Files.createDirectory(events);
            }
            records.add(session(1), "state_changed", Map.of());
            Files.delete(events);
        }

        assertThat(outside).hasContent("untouched");
    }

    @Test
    void a_later_server_reads_where_a_session_stood_and_why_it_failed() throws Exception {
        SignInProblem why = SignInFault.ACCOUNT_NOT_ELIGIBLE.saying("use a \"key\"\ninstead");
        KeptSignIn failed = KeptSignIn.of(session(1).failed(why, clock.instant()), false, Map.of("cli_pid", 7));
        records().open(session(1));
        records().keep(failed);
        records().open(session(2));
        records().keep(KeptSignIn.of(session(2).failed(why, clock.instant()), true, Map.of()));
        records().open(session(3));
        records().keep(KeptSignIn.of(session(3), false, Map.of()));

        assertThat(records().leftBehind())
                .containsExactlyInAnyOrder(failed, KeptSignIn.of(session(3), false, Map.of()));

        // Whatever an earlier or a later version wrote there, or somebody else.
        Path file = root.resolve("sessions/oauth_proxy/" + session(1).id() + "/session.json");
        String text = Files.readString(file);
        for (String error :
                List.of("null", "7", "{}", "{\"fault\":\"NEW\",\"words\":\"x\"}", "{\"fault\":7,\"words\":\" \"}")) {
            Map<String, Object> values =
                    new LinkedHashMap<>(new JacksonJson().parseObject(text).orElseThrow());
            values.put(
                    "error",
                    new JacksonJson()
                            .parseObject("{\"it\":" + error + "}")
                            .orElseThrow()
                            .get("it"));
            Files.writeString(file, new JacksonJson().pretty(values));
            assertThat(records().leftBehind().stream()
                            .filter(it -> it.id().equals(session(1).id())))
                    .singleElement()
                    .extracting(KeptSignIn::error)
                    .isEqualTo(Optional.empty());
        }
    }

    private FilesystemSignInRecords records() {
        return new FilesystemSignInRecords(root.resolve("sessions"), new JacksonJson(), clock);
    }

    private SignInSession session(long number) {
        return SignInSession.started(
                new SignInId(SequentialIds.id(number)),
                SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK),
                clock.instant(),
                Duration.ofMinutes(15));
    }
}
