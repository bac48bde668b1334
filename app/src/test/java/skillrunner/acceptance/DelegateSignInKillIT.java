package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.acceptance.ScriptedSignIns.SESSIONS;
import static skillrunner.acceptance.ScriptedSignIns.answer;
import static skillrunner.acceptance.ScriptedSignIns.await;
import static skillrunner.acceptance.ScriptedSignIns.cancel;

/** A server is killed while an engine's own program signs in, in each state; the next one clears up. */
@Tag("chance")
class DelegateSignInKillIT {
    private static final String ACCOUNTS = "{ \"accounts\":[ {\"email\":\"a@example.org\"} ] }\n";

    /** It stops where a file says, with a child in a session of its own. */
    private static final String PROGRAM =
            """
            accounts="$HOME/.config/opencode/antigravity-accounts.json"
            test $# = 0 && { cp "$accounts" "$HOME/seen-by-terminal"; exec sleep 1000; }
            test "$1" = run && { cp "$accounts" "$HOME/seen-by-run"; exit 1; }
            setsid sleep 1000 </dev/null >/dev/null 2>&1 &
            echo $! >>"$HOME/pids"
            until=$(cat "$HOME/until")
            test $until = waiting_user && trap '' TERM HUP INT
            test $until = failed && { trap '' TERM HUP INT; say 'Enter your API key\\r\\n'; hang; }
            test $until = starting && hang
            say 'Project ID (leave blank): '
            test $until = waiting_orchestrator && hang
            line
            say '\\r\\nOAuth URL:\\r\\nhttps://accounts.google.com/o/oauth2/v2/auth?state=one\\r\\n\\r\\n'
            say 'Paste the redirect URL (or just the code) here: '
            hang
            """;

    @Test
    void what_it_left_is_ended_and_told(@TempDir Path home) throws Exception {
        ScriptedSignIns programs = new ScriptedSignIns(home);
        Path accounts = programs.put(".config/opencode/antigravity-accounts.json", ACCOUNTS);
        programs.program("opencode", PROGRAM);
        TestSkill.install(home, TestSkill.ID, List.of(EngineId.OPENCODE));
        String former = "";
        String reached = "";
        for (String state : List.of(
                "starting", "waiting_orchestrator", "waiting_user", "code_submitted_waiting_result", "failed", "")) {
            try (RunningServer server = RunningServer.start(home, Map.of("PATH", programs.path()))) {
                ApiClient api = server.client();
                if (!former.isEmpty()) {
                    checkEnd(api, former, reached, programs, accounts);
                }
                programs.put("until", state);
                if (!state.isEmpty()) {
                    former = reach(state, api, programs);
                    reached = state;
                    boolean over = state.equals("failed");
                    assertThat(over || !Files.readString(accounts).contains("a@example.org"))
                            .as(state)
                            .isTrue();
                    server.kill();
                    if (over) {
                        notLetGo(home, former);
                    }
                } else {
                    programs.put("until", "starting");
                    cancel(api, programs.begin(api, "opencode", "auth_code_or_url", "google"));
                    programs.awaitNoProgram();
                }
            }
        }
        assertThat(accounts).hasContent(ACCOUNTS);
    }

    private static String reach(String state, ApiClient api, ScriptedSignIns programs) throws Exception {
        String session = programs.begin(api, "opencode", "auth_code_or_url", "google");
        if (state.equals("code_submitted_waiting_result")) {
            await(api, session, "waiting_user");
            answer(api, session, "http://localhost:51121/oauth-callback?code=some-code&state=one");
        }
        JsonNode reached = await(api, session, state);
        assertThat(reached.get("status").stringValue()).as(reached.toString()).isEqualTo(state);
        Awaitility.await().until(() -> programs.pids().size() >= 2);
        return session;
    }

    private static void checkEnd(ApiClient api, String session, String state, ScriptedSignIns programs, Path accounts)
            throws Exception {
        if (state.equals("waiting_user")) {
            checkWhoWaits(api, programs);
        }
        ApiClient.Answer told = api.get(SESSIONS + "/" + session);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().get("status").stringValue()).isEqualTo("failed");
        assertThat(told.json().get("error_code").stringValue())
                .isEqualTo(state.equals("failed") ? "PLUGIN_MISSING" : "ORCHESTRATOR_RESTART_INTERRUPTED");
        Path events = Path.of(told.json().get("log_root").stringValue()).resolve("events.jsonl");
        Awaitility.await().until(() -> Files.readString(events).contains("session_finished"));
        programs.awaitNoProgram();
        assertThat(accounts).hasContent(ACCOUNTS);
        if (!state.equals("failed")) {
            assertThat(events).content().containsOnlyOnce("session_finished");
        }
        Files.deleteIfExists(programs.agentHome().resolve("pids"));
    }

    /** What is left ignores being asked to end. The next server answers meanwhile; who needs the accounts waits for it. */
    private static void checkWhoWaits(ApiClient api, ScriptedSignIns programs) throws Exception {
        String run = api.create(TestSkill.job(EngineId.OPENCODE, Map.of("no_cache", true)));
        ApiClient.Answer terminal = api.form("/ui/engines/tui/session/start", "engine=opencode");
        assertThat(terminal.status()).as(terminal.body()).isEqualTo(200);
        for (String user : List.of("seen-by-terminal", "seen-by-run")) {
            Path seen = programs.agentHome().resolve(user);
            Awaitility.await().until(() -> Files.exists(seen) && Files.size(seen) > 0);
            assertThat(seen).as(user).hasContent(ACCOUNTS);
            Files.delete(seen);
        }
        api.awaitEnd(run);
        api.form("/ui/engines/tui/session/stop", "");
    }

    /** As it stands on the disk until the last of its programs has ended. How long that takes is nothing to rely on. */
    private static void notLetGo(Path home, String session) throws Exception {
        Path record = home.resolve("data/engine_auth_sessions/cli_delegate/" + session + "/session.json");
        Files.writeString(record, Files.readString(record).replace("\"let_go\" : true", "\"let_go\" : false"));
    }
}
